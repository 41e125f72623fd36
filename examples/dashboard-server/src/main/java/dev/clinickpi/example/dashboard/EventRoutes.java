package dev.clinickpi.example.dashboard;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.Rejection;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Events of hosts, as NDJSON. What is sent again counts once, so a host that does not know whether a request arrived sends it again. */
final class EventRoutes {

    private static final long LARGEST = 16L * 1024 * 1024;

    private static final int MOST_REJECTIONS = 100;

    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9.-]{1,60}");

    private final KpiEngine engine;
    private final @Nullable String token;

    /** @param token what a host shows; null where nobody may send events */
    EventRoutes(KpiEngine engine, @Nullable String token) {
        this.engine = engine;
        this.token = token;
    }

    void add(RoutesConfig routes) {
        routes.post("/events", this::take);
    }

    private void take(Context request) {
        requireToken(request.header("Authorization"));
        String source = request.queryParam("source");
        if (source == null || !SOURCE.matcher(source).matches()) {
            throw new Refused(400, "source");
        }
        List<RejectedLine> rejections = new ArrayList<>();
        try (EventReader events = EventReader.of(new Bounded(request.bodyInputStream()))) {
            RecordResult result = engine.record(Principal.superAdmin("events of " + source), events, rejection -> {
                if (rejections.size() < MOST_REJECTIONS) {
                    rejections.add(RejectedLine.of(rejection));
                }
            });
            Json.answer(
                    request,
                    new Taken(
                            result.accepted(),
                            result.duplicates(),
                            result.conflicts(),
                            result.tooLate(),
                            result.erased(),
                            result.rejected(),
                            rejections));
        } catch (TooLargeException e) {
            throw new Refused(413, "too-large");
        } catch (IOException e) {
            throw new Refused(400, "bad-request");
        }
    }

    private void requireToken(@Nullable String authorization) {
        boolean holds = token != null
                && authorization != null
                && MessageDigest.isEqual(
                        authorization.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
        if (!holds) {
            throw new Refused(401, "token");
        }
    }

    private record Taken(
            long accepted,
            long duplicates,
            long conflicts,
            long tooLate,
            long erased,
            long rejected,
            List<RejectedLine> rejections) {}

    private record RejectedLine(long line, String field, String rule) {

        static RejectedLine of(Rejection rejection) {
            return new RejectedLine(rejection.line(), rejection.field(), rejection.rule());
        }
    }

    private static final class TooLargeException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;
    }

    /** Ends with an error rather than with half of what was sent. */
    private static final class Bounded extends FilterInputStream {

        private long left = LARGEST;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws TooLargeException {
            left -= read;
            if (left < 0) {
                throw new TooLargeException();
            }
        }
    }
}
