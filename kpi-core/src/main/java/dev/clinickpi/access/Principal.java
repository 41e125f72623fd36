package dev.clinickpi.access;

import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. The host has made sure of it; the library decides what the principal may see (section 8) and records what it did.
 *
 * @param name the key that audit records carry: of a person who runs things, never of a patient
 * @param role what it is to the installation
 * @param clinics the clinics that it runs or was let into; empty for a super admin
 * @param reason why a service role was let in; null for the others
 * @param expiry when a service role's access ends; null for the others
 */
public record Principal(
        String name,
        Role role,
        Set<ClinicId> clinics,
        @Nullable String reason,
        @Nullable Instant expiry) {

    /** @throws IllegalArgumentException if the name is blank, or the clinics, reason or expiry do not fit the role */
    public Principal {
        Objects.requireNonNull(role, "role");
        clinics = Set.copyOf(clinics);
        require(!name.isBlank(), "A principal has a name");
        require(clinics.isEmpty() == (role == Role.SUPER_ADMIN), "A principal names its clinics, a super admin none");
        boolean service = role == Role.SERVICE_ROLE;
        require(service == (expiry != null), "A service role has an expiry, the others none");
        require(service == (reason != null && !reason.isBlank()), "A service role has a reason, the others none");
    }

    /** The admin of a clinic. */
    public static Principal clinicAdmin(String name, ClinicId clinic) {
        return new Principal(name, Role.CLINIC_ADMIN, Set.of(clinic), null, null);
    }

    /** Who runs the installation. */
    public static Principal superAdmin(String name) {
        return new Principal(name, Role.SUPER_ADMIN, Set.of(), null, null);
    }

    /**
     * Someone let in for a reason, to some clinics, until an instant. This names an access and gives none: an engine opens a clinic to it only where its
     * audit trail has the record of a {@linkplain AuditRecord.Action#BREAK_GLASS break-glass access} with the same name, reason and expiry. So a host may
     * write down what {@code KpiEngine.breakGlass} returned, and make it anew in another process.
     */
    public static Principal serviceRole(String name, String reason, Set<ClinicId> clinics, Instant expiry) {
        return new Principal(name, Role.SERVICE_ROLE, clinics, reason, expiry);
    }

    /** Whether what it says of itself lets it see a clinic's figures at a moment. Of a service role an engine asks its audit trail as well. */
    public boolean mayRead(ClinicId clinic, Instant now) {
        return clinics.contains(clinic) && (expiry == null || now.isBefore(expiry));
    }

    /**
     * Whether it may erase a patient of a clinic. The clinic is who answers for its patients' data, so that is its admin alone: who runs the installation sees
     * no patients, and a service role is let in to look.
     */
    public boolean mayErasePatients(ClinicId clinic) {
        return role == Role.CLINIC_ADMIN && clinics.contains(clinic);
    }

    /** Whether it may erase a clinic, which ends its contract with the installation. */
    public boolean mayEraseClinics() {
        return role == Role.SUPER_ADMIN;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
