package dev.clinickpi.jdbc;

/**
 * The numbers that a clinic's facts lie at.
 *
 * @param clinicNo the clinic's number
 * @param from the first
 * @param to where the next one goes; {@code from} when there is none yet
 */
record FactRange(int clinicNo, long from, long to) {

    /** Room for 2^40 facts of a clinic, and for 2^23 clinics. */
    private static final int CLINIC_BITS = 40;

    static FactRange of(int clinicNo, long facts) {
        long first = (long) clinicNo << CLINIC_BITS;
        return new FactRange(clinicNo, first, first + facts);
    }

    /** How many facts have been numbered, this many more among them. */
    long countWith(int more) {
        return to - from + more;
    }
}
