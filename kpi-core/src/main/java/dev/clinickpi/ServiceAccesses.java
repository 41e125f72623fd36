package dev.clinickpi;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Which accesses of service roles stand: those whose break-glass record is in the clinic's audit trail, and no record of their end behind it. The trail is
 * asked at every question, so an access that another engine opened or ended, before a restart or a moment ago, is known here. A log that cannot be read
 * knows of the accesses alone that this engine opened.
 */
final class ServiceAccesses {

    /** How much the clocks of engines may differ before one does not find what another has opened. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final @Nullable AuditStore store;
    private final ConcurrentMap<ClinicId, Trail> trails = new ConcurrentHashMap<>();

    ServiceAccesses(AuditLog audit) {
        this.store = audit instanceof AuditStore readable ? readable : null;
    }

    /** What the record of an access, and that of its end, say of it: the same for the same name, reason and expiry. */
    static String describe(Principal access) {
        return "until " + access.expiry() + "; reason: " + access.reason();
    }

    /** What names an access, in the record of its end. */
    static String name(Principal access) {
        return name(access.name(), describe(access));
    }

    private static String name(String principal, String detail) {
        return "access of " + principal + " " + detail;
    }

    /** Takes note of a record that this engine has written. */
    void written(AuditRecord record) {
        ClinicId clinic = record.clinic();
        if (store == null && clinic != null) {
            switch (record.action()) {
                case BREAK_GLASS, END_BREAK_GLASS -> trail(clinic).take(record);
                default -> {}
            }
        }
    }

    /**
     * Whether an access stands that lets a service role into a clinic. Its expiry is not looked at.
     *
     * @throws AuditUnavailableException if the trail cannot be read
     */
    boolean stands(Principal access, ClinicId clinic, Instant now) {
        Trail trail = trail(clinic);
        return store == null ? trail.shows(access) : trail.showsNow(access, store, now);
    }

    private Trail trail(ClinicId clinic) {
        return trails.computeIfAbsent(clinic, Trail::new);
    }

    /** A clinic's trail, as far as it has been read. */
    private static final class Trail {

        private final ClinicId clinic;
        private final Set<String> standing = new HashSet<>();
        /** The number to go on reading from; 0 before anything was read. */
        private long next;

        Trail(ClinicId clinic) {
            this.clinic = clinic;
        }

        synchronized boolean shows(Principal access) {
            return standing.contains(name(access));
        }

        synchronized boolean showsNow(Principal access, AuditStore store, Instant now) {
            try {
                if (next == 0) {
                    next = firstSince(now.minus(BreakGlass.LONGEST).minus(CLOCKS_DIFFER), store);
                }
                List<AuditStore.Entry> page;
                do {
                    page = store.read(clinic, next, AuditStore.LARGEST_PAGE);
                    page.forEach(this::take);
                } while (page.size() == AuditStore.LARGEST_PAGE);
            } catch (RuntimeException e) {
                throw new AuditUnavailableException(
                        "The audit log could not be asked whether the access still stands, so it was refused;"
                                + " see to the audit log and ask again",
                        e);
            }
            return shows(access);
        }

        /**
         * About the place from which on records are no older than an instant. Clocks that disagree lead too far ahead or not far enough; who is not found to
         * have been let in is refused.
         */
        private long firstSince(Instant earliest, AuditStore store) {
            long before = 0;
            long from = Long.MAX_VALUE;
            while (from - before > 1) {
                long middle = before + (from - before) / 2;
                List<AuditStore.Entry> found = store.read(clinic, middle, 1);
                if (!found.isEmpty() && found.get(0).record().at().isBefore(earliest)) {
                    before = found.get(0).number();
                } else {
                    from = middle;
                }
            }
            return from;
        }

        private void take(AuditStore.Entry entry) {
            take(entry.record());
            next = entry.number() + 1;
        }

        synchronized void take(AuditRecord record) {
            switch (record.action()) {
                case BREAK_GLASS -> {
                    if (record.role() == Role.SUPER_ADMIN) {
                        standing.add(name(record.principal(), record.detail()));
                    }
                }
                case END_BREAK_GLASS -> standing.remove(record.detail());
                default -> {}
            }
        }
    }
}
