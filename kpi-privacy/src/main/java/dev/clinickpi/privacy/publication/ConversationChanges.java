package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a block of conversations is restated. A figure is when enough people have changed in it: what it shows of those who changed may be of far fewer than have
 * changed in all. Two figures that count one fact take it over together or not at all, or else the one would tell of a single person beside the other as it was:
 * an appointment that is completed counts for the conversion rate and for the funnel, a score for the lead tiers and for the funnel. As long as scores have to wait, the
 * funnel is restated as it would be without them, so that it does not wait as well.
 */
final class ConversationChanges {

    private static final List<Measure> CONVERSION = List.of(Measure.CONVERTED, Measure.PENDING);
    private static final List<Measure> FUNNEL =
            List.of(Measure.QUALIFIED, Measure.BOOKED, Measure.COMPLETED, Measure.UNFINISHED);
    private static final List<Measure> SCORES = List.of(Measure.LEADS);
    private static final List<List<Measure>> OTHERS =
            List.of(List.of(Measure.HANDED_OFF), List.of(Measure.SURVEYED), List.of(Measure.SERVICE_MENTIONS));

    private final Cells copy;
    private final Cells cells;
    private final long from;
    private final long to;
    private final Rules rules;
    private final List<Changes> due = new ArrayList<>();
    private Set<Integer> converting = Set.of();
    private boolean areAllDue = true;

    /** What differs between a copy and the cells that it is of in the block from one instant to another, in epoch milliseconds. */
    ConversationChanges(Cells copy, Cells cells, long from, long to, Rules rules) {
        this.copy = copy;
        this.cells = cells;
        this.from = from;
        this.to = to;
        this.rules = rules;
        OTHERS.forEach(figure -> take(changes(figure)));
        if (rules.isFactWhole()) {
            takeScoresAndAppointments();
        } else {
            Stream.of(SCORES, CONVERSION, FUNNEL).forEach(figure -> take(changes(figure)));
        }
    }

    private void takeScoresAndAppointments() {
        Changes scores = changes(SCORES);
        Changes conversion = changes(CONVERSION);
        Changes funnel = changes(FUNNEL);
        Changes withoutScores = funnel.with(new HeldScores(scores.people()).corrections(copy, cells, from, to));
        boolean takesScores = rules.isDue(scores) && (areDue(conversion, funnel) || funnel.isSameAs(withoutScores));
        if (takesScores) {
            due.add(scores);
        }
        areAllDue &= takesScores || scores.isEmpty();
        Changes shown = takesScores ? funnel : withoutScores;
        if (areDue(conversion, shown)) {
            due.add(conversion);
            due.add(shown);
            converting = conversion.people();
        } else {
            areAllDue &= conversion.isEmpty() && shown.isEmpty();
        }
    }

    /** Whether one of two that are taken together changes for enough people, and neither for too few. */
    private boolean areDue(Changes one, Changes other) {
        return (rules.isDue(one) || one.isEmpty())
                && (rules.isDue(other) || other.isEmpty())
                && !(one.isEmpty() && other.isEmpty());
    }

    private void take(Changes changes) {
        if (rules.isDue(changes)) {
            due.add(changes);
        } else {
            areAllDue &= changes.isEmpty();
        }
    }

    private Changes changes(List<Measure> measures) {
        return Changes.between(copy, cells, measures, from, to, dimension -> true);
    }

    /** What is to be restated. Conversations are apart, being a volume. */
    List<Changes> due() {
        return due;
    }

    /** Who has changed in the conversion rate as it is restated. */
    Set<Integer> converting() {
        return converting;
    }

    /** Whether nothing has to wait. */
    boolean areAllDue() {
        return areAllDue;
    }
}
