package dev.clinickpi.view;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far conversations come, from a patient's message to a completed appointment, in real time (section 5). A conversation counts at the furthest stage
 * that it reached and at all before it. Messages and conversations are volumes; the stages after them are judged by the patients of the conversations.
 *
 * @param clinic whose it is
 * @param period what was asked for: messages are dated by themselves, all else at the conversation's start
 * @param covered what all of its stages cover of that
 * @param asOf the moment of the answer
 * @param partial whether that is less than was asked for: the moment of the answer lies before the period's end, or the people of some days may
 *     not be told apart yet
 * @param stages all five, in order
 */
public record Funnel(ClinicId clinic, Period period, Span covered, Instant asOf, boolean partial, List<Stage> stages) {

    /** Copies the list. */
    public Funnel {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(covered, "covered");
        Objects.requireNonNull(asOf, "asOf");
        stages = List.copyOf(stages);
    }

    /** The funnel of a request, to be published. */
    public static Unpublished<Funnel> of(Figures figures) {
        ExactResult outcome = figures.figure(FunnelFigures.OUTCOME, figures.period());
        List<ExactResult> exact = new ArrayList<>();
        for (KpiDefinition volume : FunnelFigures.VOLUMES) {
            // Shares are of the conversations of just those days that the stages may be shown of.
            exact.add(
                    outcome.withheld() == null
                            ? figures.figure(volume, figures.period(), outcome.coverage(), KpiScope.ANY_MATURITY)
                            : figures.figure(volume, figures.period()));
        }
        exact.add(outcome);
        return new Unpublished<>(exact, released -> of(figures.clinic().id(), figures.period(), released));
    }

    private static Funnel of(ClinicId clinic, Period period, List<KpiResult> released) {
        Released messages = Released.of(released, 0, FunnelFigures.MESSAGES.id());
        Released conversations = Released.of(released, 1, FunnelFigures.CONVERSATIONS.id());
        Released outcome = Released.of(released, 2, FunnelFigures.OUTCOME.id());
        Long begun = conversations.count();
        Long qualified = outcome.count(FunnelFigures.QUALIFIED);
        Long booked = outcome.count(FunnelFigures.BOOKED);
        Long completed = outcome.count(FunnelFigures.COMPLETED);
        List<Stage> stages = List.of(
                new Stage(Stage.Id.MESSAGES, messages.count(), null, null, null),
                stage(Stage.Id.CONVERSATIONS, begun, begun, null, outcome),
                stage(Stage.Id.QUALIFIED, qualified, begun, begun, outcome),
                stage(Stage.Id.BOOKED, booked, begun, qualified, outcome),
                stage(Stage.Id.COMPLETED, completed, begun, booked, outcome));
        KpiResult any = messages.result();
        return new Funnel(clinic, period, any.period(), any.asOf(), any.partial(), stages);
    }

    private static Stage stage(
            Stage.Id id, @Nullable Long count, @Nullable Long first, @Nullable Long previous, Released outcome) {
        BigDecimal pending = outcome.component(FunnelFigures.pending(id.id()));
        return new Stage(
                id,
                count,
                Released.share(count, first).orElse(null),
                Released.share(count, previous).orElse(null),
                pending == null ? null : Long.valueOf(pending.longValueExact()));
    }

    /**
     * A stage.
     *
     * @throws IllegalArgumentException if the funnel lacks it
     */
    public Stage stage(Stage.Id id) {
        return stages.stream()
                .filter(stage -> stage.id == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The funnel lacks the stage " + id.id()));
    }

    /**
     * A stage of the funnel.
     *
     * @param id which
     * @param count how many reached it, or a stage behind it; null when withheld
     * @param ofFirst their share of the conversations; null for messages, when withheld and over nothing
     * @param ofPrevious their share of the stage before; null up to the conversations, when withheld and over nothing
     * @param pending how many of them may still come further: begun less than 720 hours before the moment of the answer and not completed; null for
     *     messages and when withheld, as it is with the stages behind the conversations
     */
    public record Stage(
            Id id,
            @Nullable Long count,
            @Nullable BigDecimal ofFirst,
            @Nullable BigDecimal ofPrevious,
            @Nullable Long pending) {

        /** Refuses nulls. */
        public Stage {
            Objects.requireNonNull(id, "id");
        }

        /** {@code SUPPRESSED} when the count is withheld, else {@code OK}. */
        public Status status() {
            return count == null ? Status.SUPPRESSED : Status.OK;
        }

        /** The stages, in order. */
        public enum Id {
            /** Messages that patients wrote. */
            MESSAGES("messages"),
            /** Conversations. */
            CONVERSATIONS(FunnelFigures.CONVERSATION),
            /** Conversations with a hot or warm lead score. */
            QUALIFIED(FunnelFigures.QUALIFIED),
            /** Conversations that an appointment names, of whatever status. */
            BOOKED(FunnelFigures.BOOKED),
            /** Conversations that a completed appointment names. */
            COMPLETED(FunnelFigures.COMPLETED);

            private final String id;

            Id(String id) {
                this.id = id;
            }

            /** The name that programs read, in lower case. */
            public String id() {
                return id;
            }
        }
    }
}
