package dev.clinickpi.sector;

/** About how many owners' clinics stand behind a benchmark (section 7): the exact number would tell when one joins or leaves. */
public enum ClinicBand {
    /** 6 to 9. */
    SIX_TO_NINE("6–9", 6),
    /** 10 to 19. */
    TEN_TO_NINETEEN("10–19", 10),
    /** 20 or more. */
    TWENTY_OR_MORE("20+", 20);

    private final String text;
    private final int fewest;

    ClinicBand(String text, int fewest) {
        this.text = text;
        this.fewest = fewest;
    }

    /** As it is shown, such as {@code 10–19}. */
    public String text() {
        return text;
    }

    /**
     * The band that a number of owners lies in.
     *
     * @param owners 6 at the least: there is no benchmark of fewer
     */
    public static ClinicBand of(int owners) {
        ClinicBand found = SIX_TO_NINE;
        for (ClinicBand band : values()) {
            found = owners >= band.fewest ? band : found;
        }
        return found;
    }
}
