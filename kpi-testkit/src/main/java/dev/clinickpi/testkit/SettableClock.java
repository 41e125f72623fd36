package dev.clinickpi.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is set, forward or back, by any thread. Its zone is UTC. */
public final class SettableClock extends Clock {

    private volatile Instant now;

    /**
     * A clock that stands at a moment.
     *
     * @param now what it says until it is set
     */
    public SettableClock(Instant now) {
        this.now = now;
    }

    /** Moves it. */
    public void set(Instant to) {
        now = to;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** A clock in another zone that goes with this one. */
    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource same = () -> now;
        return same.withZone(zone);
    }
}
