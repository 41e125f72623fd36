package dev.clinickpi.benchmarks.log;

/** What the generator knows that it made for one clinic: counts that the figures must come to. */
public final class ClinicTally {

    /** The patients' messages. */
    public long patientMessages;

    /** The conversations. */
    public long conversations;

    /** Those that were handed off. */
    public long handedOff;

    /** Those with an appointment that was confirmed. */
    public long converted;

    /** Those with a satisfaction score. */
    public long surveyed;

    /** The sum of the scores that stand. */
    public long scores;

    /** The appointments that ended as completed or missed. */
    public long resolved;

    /** Those that were missed. */
    public long noShows;

    /** The appointments that ended as cancelled. */
    public long cancelled;

    /** Those whose place was filled. */
    public long filled;

    /** The input tokens of all calls of language models. */
    public long inputTokens;

    ClinicTally() {}
}
