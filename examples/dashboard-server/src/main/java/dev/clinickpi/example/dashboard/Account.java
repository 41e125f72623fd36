package dev.clinickpi.example.dashboard;

import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may sign in.
 *
 * @param user the name that is typed, and that audit records carry
 * @param clinic the clinic whose admin it is; null for the super admin
 * @param password the hash of the password
 */
record Account(String user, @Nullable String clinic, PasswordHash password) {

    /** Who that is to the library. */
    Principal principal() {
        return clinic == null ? Principal.superAdmin(user) : Principal.clinicAdmin(user, ClinicId.of(clinic));
    }

    boolean isSuperAdmin() {
        return principal().role() == Role.SUPER_ADMIN;
    }
}
