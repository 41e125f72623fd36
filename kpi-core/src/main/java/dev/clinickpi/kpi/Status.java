package dev.clinickpi.kpi;

/** Whether a result has a value, and if not, why. */
public enum Status {
    /** It has one. */
    OK,
    /** There was nothing to take a ratio, mean or percentile of. */
    UNDEFINED,
    /** The clinic lacks a setting that the figure needs. */
    NOT_APPLICABLE,
    /** Too few people stand behind it (section 6). */
    SUPPRESSED
}
