package dev.clinickpi.kpi;

/** How a value stands to its target. */
public enum Verdict {
    /** The value is on the wanted side of a limit. */
    MET,
    /** The value is not. */
    MISSED,
    /** The value is under a band. */
    BELOW,
    /** The value is within a band. */
    HEALTHY,
    /** The value is over a band. */
    ABOVE
}
