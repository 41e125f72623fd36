package dev.clinickpi.example.dashboard;

import io.javalin.http.Context;

/** What every answer tells the browser it may not do. The page needs nothing from elsewhere, no inline script and no inline style. */
final class SecurityHeaders {

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void set(Context request) {
        request.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cross-Origin-Embedder-Policy", "require-corp")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (request.path().startsWith("/api") || request.path().equals("/events")) {
            request.header("Cache-Control", "no-store");
        }
    }
}
