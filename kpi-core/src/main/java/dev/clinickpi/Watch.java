package dev.clinickpi;

import dev.clinickpi.kpi.KpiResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber to one dashboard's live results. Nothing is ever queued for it: what there is to tell is worked out when it is told, so one that is
 * slow, or asks for little, misses what lay between and gets the newest.
 */
final class Watch implements Flow.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** Time alone changes figures, too: how long to look away from a clinic that nothing is recorded for. */
    private static final Duration LOOK_AWAY = Duration.ofSeconds(1);

    private final Answers answers;
    private final Flow.Subscriber<? super KpiReport> subscriber;
    private final Consumer<Watch> onEnd;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> lastSignal = new AtomicReference<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Map<String, KpiResult> told = new HashMap<>();
    private @Nullable Instant lookedAt;
    private long changesSeen;

    /** What is watched. */
    interface Answers {

        /** How often the clinic has changed. */
        long changes();

        /** The moment. */
        Instant now();

        /** All that is watched, released. */
        KpiReport report();
    }

    Watch(Answers answers, Flow.Subscriber<? super KpiReport> subscriber, Consumer<Watch> onEnd) {
        this.answers = answers;
        this.subscriber = subscriber;
        this.onEnd = onEnd;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            end(() -> subscriber.onError(
                    new IllegalArgumentException("A subscriber asks for at least one report (Reactive Streams, 3.9)")));
            return;
        }
        demand.updateAndGet(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
    }

    @Override
    public void cancel() {
        end(() -> {});
    }

    /** Has the subscriber told if it waits for something and is not being told already; whom the executor refuses is told so. */
    void look(Executor tellers) {
        if (demand.get() > 0 && !hasEnded() && telling.compareAndSet(false, true)) {
            try {
                tellers.execute(this::tell);
            } catch (RuntimeException e) {
                telling.set(false);
                end(() -> subscriber.onError(e));
                signalEnd();
            }
        }
    }

    private void tell() {
        try {
            Instant now = answers.now();
            long changes = answers.changes();
            if (lookedAt != null && changes == changesSeen && now.isBefore(lookedAt.plus(LOOK_AWAY))) {
                return;
            }
            KpiReport report = answers.report();
            lookedAt = now;
            changesSeen = changes;
            List<KpiResult> changed = report.results().stream()
                    .filter(result -> !showsTheSame(result, told.get(result.id())))
                    .toList();
            if (!changed.isEmpty() && !hasEnded()) {
                changed.forEach(result -> told.put(result.id(), result));
                demand.updateAndGet(before -> before == Long.MAX_VALUE ? before : before - 1);
                subscriber.onNext(new KpiReport(report.clinic(), report.period(), report.asOf(), changed));
            }
        } catch (RuntimeException e) {
            end(() -> subscriber.onError(e));
        } finally {
            telling.set(false);
            signalEnd();
        }
    }

    /** Whether two results show the same figures, whatever moment they are of. */
    private static boolean showsTheSame(KpiResult result, @Nullable KpiResult before) {
        return before != null && shown(result).equals(shown(before));
    }

    private static List<@Nullable Object> shown(KpiResult result) {
        return Arrays.asList(
                result.status(),
                result.value(),
                result.numerator(),
                result.denominator(),
                result.n(),
                result.partial(),
                result.components(),
                result.breakdown());
    }

    boolean hasEnded() {
        return lastSignal.get() != null;
    }

    void complete() {
        end(subscriber::onComplete);
    }

    /** Ends it, if nothing else has, with a signal that waits for the one that is being given. */
    private void end(Runnable signal) {
        if (lastSignal.compareAndSet(null, signal)) {
            onEnd.accept(this);
            signalEnd();
        }
    }

    /** Whoever is told at the moment gives the last signal behind it. Nothing is told any more after that. */
    private void signalEnd() {
        Runnable signal = lastSignal.get();
        if (signal != null && telling.compareAndSet(false, true) && signalled.compareAndSet(false, true)) {
            try {
                signal.run();
            } catch (RuntimeException e) {
                LOG.warn(
                        "A subscriber to live figures failed at its end: {}",
                        e.getClass().getName());
            }
        }
    }
}
