package dev.clinickpi.example.dashboard;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who looked at a clinic's dashboard: its audit trail, newest first. */
final class AuditRoutes {

    private static final int LARGEST_PAGE = 200;

    private final KpiEngine engine;
    private final Sessions sessions;

    AuditRoutes(KpiEngine engine, Sessions sessions) {
        this.engine = engine;
        this.sessions = sessions;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/clinics/{clinic}/audit", this::trail);
    }

    private void trail(Context request) {
        Principal principal = sessions.of(request).account().principal();
        ClinicId clinic = ClinicRoutes.clinicId(request);
        long before = number(request.queryParam("before"), Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) number(request.queryParam("limit"), 50, LARGEST_PAGE);
        Deque<AuditStore.Entry> newest = newest(principal, clinic, before, limit);
        List<Entry> entries = new ArrayList<>(newest.stream().map(Entry::of).toList());
        Collections.reverse(entries);
        boolean more = entries.size() == limit && newest.getFirst().number() > 1;
        Json.answer(request, new Trail(entries, more ? newest.getFirst().number() : null));
    }

    /** The library hands a trail over from its beginning, as an export wants it: the page keeps the end of what it gets. */
    private Deque<AuditStore.Entry> newest(Principal principal, ClinicId clinic, long before, int limit) {
        Deque<AuditStore.Entry> newest = new ArrayDeque<>();
        long from = 1;
        List<AuditStore.Entry> page;
        do {
            page = engine.auditTrail(principal, clinic, from, AuditStore.LARGEST_PAGE);
            for (AuditStore.Entry entry : page) {
                if (entry.number() < before) {
                    newest.add(entry);
                }
                if (newest.size() > limit) {
                    newest.removeFirst();
                }
                from = entry.number() + 1;
            }
        } while (page.size() == AuditStore.LARGEST_PAGE && from < before);
        return newest;
    }

    private static long number(@Nullable String asked, long unlessSaid, long most) {
        try {
            long number = asked == null ? unlessSaid : Long.parseLong(asked);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw new Refused(400, "page");
    }

    private record Trail(List<Entry> entries, @Nullable Long next) {}

    private record Entry(
            long number, Instant at, String who, String role, String action, String outcome, String detail) {

        static Entry of(AuditStore.Entry entry) {
            AuditRecord record = entry.record();
            String action = word(record.action());
            return new Entry(
                    entry.number(),
                    record.at(),
                    record.principal(),
                    word(record.role()),
                    action,
                    action.endsWith("refused") ? "refused" : "done",
                    record.detail());
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
