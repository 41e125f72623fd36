package dev.clinickpi.example.dashboard;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.jdbc.JdbcStoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a request is told that cannot be answered, in its reader's language. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void handle(RoutesConfig routes) {
        routes.exception(Refused.class, (e, request) -> tell(request, e.status(), e.code(), e.details()));
        // The same whether there is no such clinic or it is somebody else's.
        routes.exception(AccessDeniedException.class, (e, request) -> tell(request, 403, "denied", Map.of()));
        routes.exception(AuditUnavailableException.class, (e, request) -> unavailable(request, "audit", e));
        routes.exception(JdbcStoreException.class, (e, request) -> unavailable(request, "database", e));
        routes.exception(
                HttpResponseException.class,
                (e, request) ->
                        tell(request, e.getStatus(), e.getStatus() == 404 ? "not-found" : "bad-request", Map.of()));
        routes.exception(Exception.class, (e, request) -> {
            LOG.error("A request failed", e);
            tell(request, 500, "internal", Map.of());
        });
    }

    private static void unavailable(Context request, String code, Exception e) {
        LOG.warn("A request could not be answered", e);
        tell(request, 503, code, Map.of());
    }

    private static void tell(Context request, int status, String code, Map<String, Object> details) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", code);
        answer.put("message", message(code, Language.of(request)));
        answer.putAll(details);
        Json.answer(request.status(status), answer);
    }

    static String message(String code, Locale language) {
        return ResourceBundle.getBundle(
                        "dev.clinickpi.example.dashboard.messages",
                        language,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(code);
    }
}
