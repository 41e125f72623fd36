package dev.clinickpi.example.dashboard;

import dev.clinickpi.access.Principal;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A session ends half an hour after its last request and outlives a restart: it lies in the database under a hash of its cookie, so that
 * whoever reads the table cannot take one over.
 */
final class Sessions {

    static final Duration LASTS = Duration.ofMinutes(30);

    static final String COOKIE = "session";

    /** How far an expiry that is kept may lag behind: not every request has to write. */
    private static final Duration KEPT_WITHIN = Duration.ofMinutes(1);

    /** The attribute of a request that holds its session, when it has been found. */
    static final String SESSION = "session";

    private final SessionTable table;
    private final Accounts accounts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> known = new ConcurrentHashMap<>();

    Sessions(SessionTable table, Accounts accounts, Clock clock) {
        this.table = table;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Signs somebody in and hands the browser its cookie. */
    Session begin(Context request, Account account) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        table.deleteExpired(now);
        known.values().removeIf(session -> session.hasExpired(now));
        Session session = new Session(hash("id", token), hash("csrf", token), account, now.plus(LASTS), null);
        table.save(session, now);
        known.put(session.id(), session);
        request.cookie(cookie(token, -1));
        return session;
    }

    /** Signs out. */
    void end(Context request, Session session) {
        known.remove(session.id());
        table.delete(session.id());
        request.cookie(cookie("", 0));
    }

    private static Cookie cookie(String token, int maxAge) {
        return new Cookie(COOKIE, token, "/", maxAge, true, true, null, SameSite.STRICT);
    }

    /**
     * Whose request it is; from now on the session lasts as long as a new one. A request that can change something has to bring the session's own word, too,
     * which a page of another site cannot know.
     *
     * @throws Refused if nobody's, or if the word is missing
     */
    Session of(Context request) {
        Instant now = clock.instant();
        Session session = find(request.cookie(COOKIE), now).orElseThrow(() -> new Refused(401, "signed-out"));
        if (!request.method().equals(HandlerType.GET) && !isCsrf(session, request.header("X-CSRF-Token"))) {
            throw new Refused(403, "csrf");
        }
        Instant expires = now.plus(LASTS);
        boolean kept = Duration.between(session.expires(), expires).compareTo(KEPT_WITHIN) < 0;
        if (!kept) {
            session.expireAt(expires);
            table.save(session, now);
        }
        request.attribute(SESSION, session);
        return session;
    }

    /** Keeps the service role of a session. */
    void serviceRole(Session session, @Nullable Principal opened) {
        session.serviceRole(opened);
        table.save(session, clock.instant());
    }

    /** Whether a session still holds, without making it last longer: a stream that is open is not a person who is there. */
    boolean holds(Session session) {
        return known.get(session.id()) == session && !session.hasExpired(clock.instant());
    }

    private Optional<Session> find(@Nullable String token, Instant now) {
        if (token == null || token.isEmpty()) {
            return Optional.empty();
        }
        String id = hash("id", token);
        Session session = known.get(id);
        if (session == null) {
            session = table.load(id, hash("csrf", token), accounts, now).orElse(null);
            if (session != null) {
                Session first = known.putIfAbsent(id, session);
                session = first == null ? session : first;
            }
        }
        if (session != null && session.hasExpired(now)) {
            known.remove(id);
            table.delete(id);
            return Optional.empty();
        }
        return Optional.ofNullable(session);
    }

    private static boolean isCsrf(Session session, @Nullable String word) {
        return word != null
                && MessageDigest.isEqual(
                        word.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String purpose, String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((purpose + ':' + token).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
