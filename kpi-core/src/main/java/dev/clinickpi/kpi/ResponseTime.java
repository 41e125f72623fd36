package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.SparseHistogram;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How long a patient waits for the bot's answer; percentiles by nearest rank (section 4). */
final class ResponseTime {

    static final String ID = "response-time";

    private ResponseTime() {}

    static Figure evaluate(KpiScope scope) {
        SparseHistogram bot = scope.times(Measure.BOT_RESPONSE_TIMES);
        SparseHistogram human = scope.times(Measure.HUMAN_RESPONSE_TIMES);
        long count = bot.count();
        BigDecimal p95 = percentile(bot, 95);
        Figure figure =
                p95 == null ? Figure.undefined("The bot answered nothing in this period", 0) : Figure.of(p95, count);
        return figure.withDenominator(count)
                .with("p50", percentile(bot, 50))
                .with("p95", p95)
                .with("p99", percentile(bot, 99))
                .with("max", percentile(bot, 100))
                .with("count", count)
                .with("unanswered", scope.count(Measure.UNANSWERED_TURNS))
                .with("humanP50", percentile(human, 50))
                .with("humanP95", percentile(human, 95));
    }

    private static @Nullable BigDecimal percentile(SparseHistogram times, int percent) {
        return times.isEmpty() ? null : BigDecimal.valueOf(times.percentile(percent));
    }
}
