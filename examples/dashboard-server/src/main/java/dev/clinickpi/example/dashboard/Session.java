package dev.clinickpi.example.dashboard;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Somebody who has signed in, in one browser. */
final class Session {

    private final String id;
    private final String csrf;
    private final Account account;
    private final Map<ClinicId, Opened> dashboards = new ConcurrentHashMap<>();
    private volatile Instant expires;
    private volatile @Nullable Principal serviceRole;

    /** @param id what it is kept under; the cookie cannot be made of it */
    Session(String id, String csrf, Account account, Instant expires, @Nullable Principal serviceRole) {
        this.id = id;
        this.csrf = csrf;
        this.account = account;
        this.expires = expires;
        this.serviceRole = serviceRole;
    }

    String id() {
        return id;
    }

    /** What a request that changes something has to bring beside the cookie. */
    String csrf() {
        return csrf;
    }

    Account account() {
        return account;
    }

    Instant expires() {
        return expires;
    }

    void expireAt(Instant moment) {
        expires = moment;
    }

    boolean hasExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** The access that the super admin has opened and that has not ended; null where there is none. */
    @Nullable
    Principal serviceRole(Instant now) {
        Principal opened = serviceRole;
        return opened != null && opened.expiry() != null && now.isBefore(opened.expiry()) ? opened : null;
    }

    void serviceRole(@Nullable Principal opened) {
        serviceRole = opened;
        dashboards.clear();
    }

    /** Who asks for a clinic's figures: the service role where it was opened to it. */
    private Principal principal(ClinicId clinic, Instant now) {
        Principal opened = serviceRole(now);
        return opened != null && opened.mayRead(clinic, now) ? opened : account.principal();
    }

    /** A clinic's dashboard, opened once: each question through it is on record all the same. */
    ClinicDashboard dashboard(KpiEngine engine, ClinicId clinic, Instant now) {
        Principal asking = principal(clinic, now);
        Opened opened = dashboards.get(clinic);
        if (opened == null || !opened.by.equals(asking)) {
            opened = new Opened(asking, engine.open(asking, clinic));
            dashboards.put(clinic, opened);
        }
        return opened.dashboard;
    }

    private record Opened(Principal by, ClinicDashboard dashboard) {

        Opened {
            Objects.requireNonNull(by, "by");
        }
    }
}
