package dev.clinickpi.privacy.benchmark;

/** About how many owners' clinics stand behind a benchmark (section 7): the exact number would tell when one joins or leaves. */
public enum ClinicBand {
    /** 6 to 9. */
    SIX_TO_NINE("6–9", 9),
    /** 10 to 19. */
    TEN_TO_NINETEEN("10–19", 19),
    /** 20 or more. */
    TWENTY_OR_MORE("20+", Integer.MAX_VALUE);

    private final String text;
    private final int most;

    ClinicBand(String text, int most) {
        this.text = text;
        this.most = most;
    }

    /** As it is shown, such as {@code 10–19}. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException if there are fewer than any band has */
    static ClinicBand of(int clinics) {
        if (clinics < SectorStatistic.LEAST_OWNERS) {
            throw new IllegalArgumentException(
                    "A benchmark has " + SectorStatistic.LEAST_OWNERS + " owners at the least");
        }
        for (ClinicBand band : values()) {
            if (clinics <= band.most) {
                return band;
            }
        }
        throw new AssertionError(clinics);
    }
}
