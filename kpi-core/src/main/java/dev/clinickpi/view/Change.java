package dev.clinickpi.view;

import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far one figure lies from an earlier one.
 *
 * @param status {@code OK} where there is a value; else why there is none, as for a result
 * @param reason why there is no value, or null
 * @param value the later less the earlier figure in the KPI's unit, or, where it is relative, that as a share of the earlier one's size; null
 *     unless the status is {@code OK}
 */
public record Change(
        Status status, @Nullable String reason, @Nullable BigDecimal value) {

    /** Refuses a null status. */
    public Change {
        Objects.requireNonNull(status, "status");
    }

    static Change difference(KpiResult now, KpiResult before) {
        return between(now, before, pair -> of(pair.under(), pair.difference()));
    }

    /** The percent change, as a share; over zero it is undefined. */
    static Change relative(KpiResult now, KpiResult before) {
        return between(now, before, Change::relative);
    }

    static Change difference(KpiResult now, BigDecimal before) {
        return now.value() == null
                ? missing(now)
                : new Change(Status.OK, null, now.value().subtract(before));
    }

    static Change relative(KpiResult now, BigDecimal before) {
        return now.value() == null ? missing(now) : relative(Pair.of(now.value(), before));
    }

    /** For want of a figure to set the later one against. */
    static Change none(Status status, String reason) {
        return new Change(status, reason, null);
    }

    private static Change between(KpiResult now, KpiResult before, Function<Pair, Change> change) {
        if (now.value() == null) {
            return missing(now);
        }
        return before.value() == null ? missing(before) : change.apply(Pair.of(now, before));
    }

    private static Change missing(KpiResult result) {
        String reason = result.reason() == null ? "It has no value" : result.reason();
        return none(result.status(), "One of the two figures is missing: " + reason);
    }

    private static Change relative(Pair pair) {
        BigDecimal size = pair.before().abs();
        return size.signum() == 0
                ? none(Status.UNDEFINED, "A change over zero is no share of it")
                : of(size, pair.difference());
    }

    private static Change of(BigDecimal divisor, BigDecimal dividend) {
        return new Change(Status.OK, null, Figure.divide(dividend, divisor).orElseThrow());
    }

    /** Two values over one denominator, so that a difference of shares is divided once, and two that are nearly equal keep its digits. */
    private record Pair(BigDecimal now, BigDecimal before, BigDecimal under) {

        static Pair of(BigDecimal now, BigDecimal before) {
            return new Pair(now, before, BigDecimal.ONE);
        }

        static Pair of(KpiResult now, KpiResult before) {
            if (!Proportion.isOne(now) || !Proportion.isOne(before)) {
                return of(Objects.requireNonNull(now.value()), Objects.requireNonNull(before.value()));
            }
            Proportion a = Proportion.of(now);
            Proportion b = Proportion.of(before);
            return new Pair(a.count().multiply(b.of()), b.count().multiply(a.of()), a.of().multiply(b.of()));
        }

        BigDecimal difference() {
            return now.subtract(before);
        }
    }
}
