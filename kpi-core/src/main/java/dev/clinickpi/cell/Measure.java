package dev.clinickpi.cell;

/**
 * What cells count. Each says what one unit is, when it is dated and what its dimension holds (sections 2 to 4). A measure that is no volume is
 * about what people did or have: its cells know the people behind it where a figure is judged by them.
 */
public enum Measure {
    /** Conversations, at their start; label: the vertical that a message named, else empty. */
    CONVERSATIONS(Kind.COUNT, true),
    /**
     * Conversations that converted, at their start; label: the vertical; moment: the days that it took, of 24 hours each, a begun one counted whole.
     */
    CONVERTED(Kind.COUNT, false),
    /** Conversations that may still convert, at their start; label: the vertical. */
    PENDING(Kind.COUNT, false),
    /** Messages that patients wrote, each at its own instant. */
    PATIENT_MESSAGES(Kind.COUNT, true),
    /** Conversations that the funnel counts as qualified: with a hot or warm lead score, booked or completed; at their start. */
    QUALIFIED(Kind.COUNT, false),
    /** Conversations that an appointment names, of whatever status, at their start. */
    BOOKED(Kind.COUNT, false),
    /** Conversations that a completed appointment names, at their start. */
    COMPLETED(Kind.COUNT, false),
    /**
     * Conversations that are not completed and began less than the conversion window ago, at their start; label: the furthest stage of the funnel
     * that they reached, {@code qualified} or {@code booked}, else empty.
     */
    UNFINISHED(Kind.COUNT, false),
    /** Conversations handed to a person, at their start. */
    HANDED_OFF(Kind.COUNT, false),
    /** Conversations with a lead score, at their start; label: the tier. */
    LEADS(Kind.COUNT, false),
    /** Conversations that mention a service, at their start; label: the service. */
    SERVICE_MENTIONS(Kind.COUNT, false),
    /** Conversations with a satisfaction score, at their start. */
    SURVEYED(Kind.COUNT, false),
    /** Conversations that began while the clinic was closed and were answered before it opened, at their start. */
    RECOVERED(Kind.COUNT, false),
    /** Recovered conversations that converted, at their start; moment: as {@link #CONVERTED}. */
    RECOVERED_CONVERTED(Kind.COUNT, false),
    /**
     * Values of completed appointments that name a recovered conversation, at its start; currency: the value's; moment: the local day of the
     * appointment's start, in days since the epoch.
     */
    RECOVERED_VALUE(Kind.MONEY, false),
    /** Bot response times, at the opening of the turn. */
    BOT_RESPONSE_TIMES(Kind.TIMES, true),
    /** Human response times, at the opening of the turn. */
    HUMAN_RESPONSE_TIMES(Kind.TIMES, true),
    /** Turns that are still open, at their opening. */
    UNANSWERED_TURNS(Kind.COUNT, true),
    /** Appointments that were completed or missed, at their start. */
    RESOLVED(Kind.COUNT, false),
    /** Appointments that were missed, at their start. */
    NO_SHOWS(Kind.COUNT, false),
    /** Appointments booked or confirmed whose start has passed, at their start. */
    UNRESOLVED(Kind.COUNT, false),
    /** Cancelled appointments, at their cancellation. */
    CANCELLATIONS(Kind.COUNT, false),
    /** Cancelled appointments whose place was taken, at their cancellation. */
    FILLED(Kind.COUNT, false),
    /** Cancelled appointments whose place was offered, at their cancellation. */
    OFFERED(Kind.COUNT, false),
    /** Conversations' satisfaction, at the latest submission; label: the score. */
    CSAT_SCORES(Kind.COUNT, false),
    /** Calls of a language model; label: the model; currency: of the cost that was stated, else empty. */
    LLM_USES(Kind.COUNT, true),
    /** Input tokens, the cached ones among them; dimension as {@link #LLM_USES}. */
    LLM_INPUT_TOKENS(Kind.COUNT, true),
    /** Cached input tokens; dimension as {@link #LLM_USES}. */
    LLM_CACHED_INPUT_TOKENS(Kind.COUNT, true),
    /** Output tokens; dimension as {@link #LLM_USES}. */
    LLM_OUTPUT_TOKENS(Kind.COUNT, true),
    /** Stated costs; dimension as {@link #LLM_USES}. */
    LLM_STATED_COST(Kind.MONEY, true),
    /** Uses of a feature; label: the feature. */
    FEATURE_USES(Kind.COUNT, true),
    /** Changes of the subscription; label: the tier; moment: the instant in epoch milliseconds. */
    TIER_CHANGES(Kind.COUNT, true),
    /** Patients, at their onboarding. */
    ONBOARDED(Kind.COUNT, false),
    /** Patients with a completed appointment in a month, at their onboarding; moment: that month, in months since year 0. */
    RETAINED(Kind.COUNT, false),
    /**
     * Values of patients' completed appointments, at their onboarding; currency: the value's; moment: the local day of the appointment's start, in
     * days since the epoch.
     */
    COHORT_VALUE(Kind.MONEY, false);

    private final Kind kind;
    private final boolean volume;

    Measure(Kind kind, boolean volume) {
        this.kind = kind;
        this.volume = volume;
    }

    /** What its cells hold. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is always shown, however few people are behind it (section 6). */
    public boolean isVolume() {
        return volume;
    }

    /** What a cell holds beside the people behind it. */
    public enum Kind {
        /** A count. */
        COUNT,
        /** A count and an exact sum of money. */
        MONEY,
        /** A count and a histogram of milliseconds. */
        TIMES
    }
}
