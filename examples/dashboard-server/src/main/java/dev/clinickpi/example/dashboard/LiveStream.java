package dev.clinickpi.example.dashboard;

import dev.clinickpi.KpiReport;
import dev.clinickpi.example.dashboard.ClinicRoutes.Asked;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One open dashboard. It asks the library for the next report when the last one is written, so that a slow reader gets fewer reports and always the newest.
 */
final class LiveStream implements Flow.Subscriber<KpiReport> {

    private final SseClient client;
    private final Asked asked;
    private final BooleanSupplier isSignedIn;
    private final Executor writers;
    private final LocalDate day;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean ended;
    private long sent;

    LiveStream(SseClient client, Asked asked, BooleanSupplier isSignedIn, Executor writers) {
        this.client = client;
        this.asked = asked;
        this.isSignedIn = isSignedIn;
        this.writers = writers;
        this.day = asked.dashboard().today();
    }

    void begin() {
        try {
            client.ctx().outputStream().write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            client.ctx().outputStream().flush();
        } catch (IOException e) {
            end();
            return;
        }
        asked.dashboard().watch(asked.question(), this);
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        opened.request(1);
    }

    @Override
    public void onNext(KpiReport report) {
        write(() -> {
            send("cards", Json.write(asked.cards().report(report)));
            Flow.Subscription opened = subscription;
            if (opened != null) {
                opened.request(1);
            }
        });
    }

    /** The right to see the clinic has ended, or the record of it cannot be read: the page finds out which when it asks again. */
    @Override
    public void onError(Throwable problem) {
        expire();
    }

    @Override
    public void onComplete() {
        end();
    }

    /** Says that the connection lives. */
    void tick() {
        write(() -> send("tick", "{}"));
    }

    /** Ends with the session; and at midnight, when "the last 30 days" are others. */
    void endIfDue() {
        if (!ended && !isSignedIn.getAsBoolean()) {
            expire();
        } else if (!ended && !asked.dashboard().today().equals(day)) {
            end();
        }
    }

    private void expire() {
        write(() -> {
            send("expired", "{}");
            end();
        });
    }

    private void write(Runnable task) {
        try {
            writers.execute(task);
        } catch (RejectedExecutionException e) {
            end();
        }
    }

    private synchronized void send(String event, String json) {
        if (!ended) {
            client.sendEvent(event, json, Long.toString(++sent));
        }
    }

    void cancel() {
        ended = true;
        Flow.Subscription opened = subscription;
        if (opened != null) {
            opened.cancel();
        }
    }

    void end() {
        cancel();
        client.close();
    }
}
