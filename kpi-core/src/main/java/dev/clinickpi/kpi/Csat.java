package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How satisfied patients say they are, from 1 to 5 (section 4). */
final class Csat {

    static final String ID = "csat";

    private static final int LEAST = 1;
    private static final int MOST = 5;
    private static final int SATISFIED_FROM = 4;
    private static final int DETRACTING_TO = 3;

    private Csat() {}

    static Figure evaluate(KpiScope scope) {
        Map<String, Long> byScore = scope.countsByLabel(Measure.CSAT_SCORES);
        long submissions = scope.count(Measure.CSAT_SCORES);
        long sum = scores(LEAST, MOST)
                .mapToLong(score -> score * count(byScore, score))
                .sum();
        long satisfied = count(byScore, SATISFIED_FROM, MOST);
        long net = count(byScore, MOST) - count(byScore, LEAST, DETRACTING_TO);
        List<Figure.Row> rows = scores(LEAST, MOST)
                .mapToObj(score -> Figure.Row.of(Integer.toString(score), count(byScore, score)))
                .toList();
        Figure figure = Figure.quotient(BigDecimal.valueOf(sum), submissions)
                .with("satisfied", share(satisfied, submissions))
                .with("nps", share(net, submissions));
        return withResponseRate(scope, figure).withRows(Figure.Split.OUTCOME, rows);
    }

    /** Conversations are dated by their start and not by their score, so their days may be told apart at other places. */
    private static Figure withResponseRate(KpiScope scope, Figure figure) {
        return scope.isReleased(Measure.SURVEYED)
                ? figure.with(
                        "responseRate",
                        share(scope.count(Measure.SURVEYED), scope.count(Measure.CONVERSATIONS)),
                        scope.people(Measure.CONVERSATIONS))
                : figure.withWithheld("responseRate");
    }

    private static IntStream scores(int from, int to) {
        return IntStream.rangeClosed(from, to);
    }

    private static long count(Map<String, Long> byScore, int from, int to) {
        return scores(from, to).mapToLong(score -> count(byScore, score)).sum();
    }

    private static long count(Map<String, Long> byScore, int score) {
        return byScore.getOrDefault(Integer.toString(score), 0L);
    }

    private static @Nullable BigDecimal share(long part, long whole) {
        return Figure.divide(BigDecimal.valueOf(part), BigDecimal.valueOf(whole))
                .orElse(null);
    }
}
