package dev.clinickpi.kpi;

/** Which way a KPI should move. */
public enum Direction {
    /** More is better. */
    HIGHER_IS_BETTER,
    /** Less is better. */
    LOWER_IS_BETTER,
    /** Inside its target's band is best. */
    WITHIN_BAND,
    /** It informs; neither way is better by itself. */
    NEUTRAL
}
