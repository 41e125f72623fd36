package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;

/** The share of cancelled appointments whose place was filled from the waitlist (section 4). */
final class WaitlistConversion {

    static final String ID = "waitlist-conversion";

    private WaitlistConversion() {}

    static Figure evaluate(KpiScope scope) {
        return Figure.ratio(scope.count(Measure.FILLED), scope.count(Measure.CANCELLATIONS))
                .with("offered", scope.count(Measure.OFFERED));
    }
}
