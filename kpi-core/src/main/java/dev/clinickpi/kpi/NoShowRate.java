package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;

/** The share of appointments with a known outcome that the patient missed (section 4). */
final class NoShowRate {

    static final String ID = "no-show-rate";

    private NoShowRate() {}

    static Figure evaluate(KpiScope scope) {
        return Figure.ratio(scope.count(Measure.NO_SHOWS), scope.count(Measure.RESOLVED))
                .with("unresolved", scope.count(Measure.UNRESOLVED));
    }
}
