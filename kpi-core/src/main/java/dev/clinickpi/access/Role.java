package dev.clinickpi.access;

/** What a principal is to the installation (section 8). */
public enum Role {
    /** Runs a clinic: sees its figures, exports and audit trail, and the sector benchmarks. */
    CLINIC_ADMIN,
    /** Runs the installation: sees benchmarks and every audit trail, and no clinic's figures. */
    SUPER_ADMIN,
    /** Acts for a stated reason, for the clinics named, until an expiry. */
    SERVICE_ROLE
}
