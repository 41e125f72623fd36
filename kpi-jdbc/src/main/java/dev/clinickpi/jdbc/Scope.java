package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;

/** Whose rows a transaction works on. PostgreSQL lets it touch no others; see {@code V1__isolation_and_audit.sql}. */
sealed interface Scope {

    /** The rows of one clinic. */
    record OneClinic(ClinicId clinic) implements Scope {}

    /** The rows of all clinics: for roles that may execute {@code span_clinics()}; others see none. */
    record EveryClinic() implements Scope {}

    /** No row that belongs to a clinic. */
    record NoClinic() implements Scope {}

    static Scope of(ClinicId clinic) {
        return new OneClinic(clinic);
    }

    static Scope everyClinic() {
        return new EveryClinic();
    }

    static Scope noClinic() {
        return new NoClinic();
    }

    /** The value of {@code clinic_kpi.clinic}; empty for none. */
    default String clinicSetting() {
        return this instanceof OneClinic one ? one.clinic().value() : "";
    }

    /** The value of {@code clinic_kpi.scope}. */
    default String scopeSetting() {
        return this instanceof EveryClinic ? "every clinic" : "";
    }
}
