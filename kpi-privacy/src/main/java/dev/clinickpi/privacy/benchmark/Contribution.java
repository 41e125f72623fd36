package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.sector.SectorClinic;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one clinic brings into a sector benchmark: its published value of a KPI over a closed month.
 *
 * @param owner whose clinic it is; clinics of one owner count as one
 * @param version the version of the KPI's definition
 * @param unit what the value is measured in
 * @param people how many distinct patients of that month stand behind it
 * @param value not negative
 */
record Contribution(String owner, int version, String unit, int people, BigDecimal value) {

    /** What means the same of a part of the month as of the whole. Sums do not. */
    private static final Set<String> OF_ANY_SPAN = Set.of(Unit.RATIO.id(), Unit.MILLISECONDS.id(), Unit.SCORE.id());

    /** Refuses nulls. */
    Contribution {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(unit, "unit");
    }

    /** What a published figure brings in; null where it brings nothing. */
    static @Nullable Contribution of(String owner, SectorClinic.Published figure) {
        KpiResult result = figure.result();
        BigDecimal value = result.value();
        Integer version = result.definitionVersion();
        String unit = result.unit();
        if (result.status() != Status.OK || value == null || unit == null || version == null || value.signum() < 0) {
            return null;
        }
        boolean isWhole = !result.partial() || OF_ANY_SPAN.contains(unit);
        return isWhole ? new Contribution(owner, version, unit, figure.people(), value) : null;
    }
}
