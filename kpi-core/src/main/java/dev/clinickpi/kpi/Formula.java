package dev.clinickpi.kpi;

/** How a KPI follows from the cells of its period. Must depend on nothing but its scope. */
@FunctionalInterface
public interface Formula {

    /** The exact figure. */
    Figure evaluate(KpiScope scope);
}
