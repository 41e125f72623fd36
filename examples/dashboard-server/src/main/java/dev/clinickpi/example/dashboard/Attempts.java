package dev.clinickpi.example.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Failed attempts to sign in: after {@value #MOST} for one name or from one address within {@link #WITHIN}, there are no more for a while. */
final class Attempts {

    static final int MOST = 10;

    static final Duration WITHIN = Duration.ofMinutes(15);

    /** Names are whatever strangers type: the oldest go. */
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    Attempts(Clock clock) {
        this.clock = clock;
    }

    /** @throws Refused if there were too many */
    synchronized void require(String user, String address) {
        Instant now = clock.instant();
        for (String key : keys(user, address)) {
            Failures failed = failures.get(key);
            if (failed != null && failed.count >= MOST && now.isBefore(failed.since.plus(WITHIN))) {
                throw new Refused(429, "too-many");
            }
        }
    }

    synchronized void failed(String user, String address) {
        Instant now = clock.instant();
        for (String key : keys(user, address)) {
            failures.compute(
                    key,
                    (same, before) -> before == null || !now.isBefore(before.since.plus(WITHIN))
                            ? new Failures(1, now)
                            : new Failures(before.count + 1, before.since));
        }
    }

    synchronized void succeeded(String user) {
        failures.remove("user " + user);
    }

    private static String[] keys(String user, String address) {
        return new String[] {"user " + user, "address " + address};
    }

    private record Failures(int count, Instant since) {}
}
