package dev.clinickpi.example.dashboard;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and the super admin's way to a clinic's figures. */
final class SessionRoutes {

    private static final int LONGEST_BREAK_GLASS_MINUTES = 480;

    private final KpiEngine engine;
    private final ClinicDirectory directory;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Clock clock;

    SessionRoutes(KpiEngine engine, ClinicDirectory directory, Accounts accounts, Sessions sessions, Clock clock) {
        this.engine = engine;
        this.directory = directory;
        this.accounts = accounts;
        this.sessions = sessions;
        this.attempts = new Attempts(clock);
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.post("/api/session", this::signIn);
        routes.get("/api/session", this::who);
        routes.delete("/api/session", request -> sessions.end(request.status(204), sessions.of(request)));
        routes.post("/api/break-glass", this::breakGlass);
        routes.delete("/api/break-glass", this::endBreakGlass);
    }

    /** Who comes without a cookie is nobody yet, and not refused: a browser would put that on its console at every first visit. */
    private void who(Context request) {
        if (request.cookie(Sessions.COOKIE) == null) {
            request.status(204);
        } else {
            answer(request, sessions.of(request));
        }
    }

    private void signIn(Context request) {
        Credentials given = Json.body(request, Credentials.class);
        String user = given.user == null ? "" : given.user;
        String address = request.ip();
        attempts.require(user, address);
        Account account = accounts.signIn(user, given.password == null ? "" : given.password)
                .orElse(null);
        if (account == null) {
            attempts.failed(user, address);
            throw new Refused(401, "sign-in");
        }
        attempts.succeeded(user);
        answer(request, sessions.begin(request, account));
    }

    /** Whether that may be, and what is put on record either way, is the engine's to say. */
    private void breakGlass(Context request) {
        Session session = sessions.of(request);
        Opening asked = Json.body(request, Opening.class);
        Instant now = clock.instant();
        int minutes = asked.minutes <= LONGEST_BREAK_GLASS_MINUTES ? asked.minutes : 0;
        try {
            Set<ClinicId> clinics = Stream.ofNullable(asked.clinics)
                    .flatMap(List::stream)
                    .map(ClinicId::of)
                    .collect(Collectors.toSet());
            Principal opened = engine.breakGlass(
                    session.account().principal(),
                    asked.reason == null ? "" : asked.reason.strip(),
                    clinics,
                    now.plus(Duration.ofMinutes(minutes)));
            sessions.serviceRole(session, opened);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "break-glass");
        }
        answer(request, session);
    }

    private void endBreakGlass(Context request) {
        Session session = sessions.of(request);
        Principal opened = session.serviceRole(clock.instant());
        if (opened == null) {
            throw new Refused(404, "no-break-glass");
        }
        engine.endBreakGlass(session.account().principal(), opened);
        sessions.serviceRole(session, null);
        answer(request, session);
    }

    private void answer(Context request, Session session) {
        Principal principal = session.account().principal();
        Principal opened = session.serviceRole(clock.instant());
        List<ClinicName> clinics = directory.clinics().values().stream()
                .filter(clinic ->
                        session.account().isSuperAdmin() || principal.clinics().contains(clinic.id()))
                .map(ClinicName::of)
                .toList();
        Json.answer(
                request,
                new SessionAnswer(
                        session.account().user(),
                        principal.role().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        clinics,
                        session.csrf(),
                        session.expires(),
                        opened == null ? null : BreakGlassAnswer.of(opened),
                        true));
    }

    private record Credentials(
            @Nullable String user, @Nullable String password) {}

    private record Opening(
            @Nullable String reason, @Nullable List<String> clinics, int minutes) {}

    private record SessionAnswer(
            String user,
            String role,
            List<ClinicName> clinics,
            String csrf,
            Instant expires,
            @Nullable BreakGlassAnswer breakGlass,
            boolean readOnly) {}

    private record ClinicName(
            String id,
            String name,
            String vertical,
            String zone,
            String currency,
            String locale,
            @Nullable String tier) {

        static ClinicName of(Clinic clinic) {
            return new ClinicName(
                    clinic.id().value(),
                    clinic.name(),
                    clinic.vertical(),
                    clinic.zone().getId(),
                    clinic.currency(),
                    clinic.locale().toLanguageTag(),
                    clinic.tier());
        }
    }

    private record BreakGlassAnswer(
            List<String> clinics,
            @Nullable Instant expiry,
            @Nullable String reason) {

        static BreakGlassAnswer of(Principal opened) {
            return new BreakGlassAnswer(
                    opened.clinics().stream().map(ClinicId::value).sorted().toList(), opened.expiry(), opened.reason());
        }
    }
}
