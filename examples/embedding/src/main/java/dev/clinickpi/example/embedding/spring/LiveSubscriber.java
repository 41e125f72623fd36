package dev.clinickpi.example.embedding.spring;

import dev.clinickpi.KpiReport;
import java.io.IOException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Hands live figures to a browser: the next ones when these are written, so that a slow browser gets fewer and always the newest. */
// snippet: spring live
final class LiveSubscriber implements Flow.Subscriber<KpiReport> {

    private final SseEmitter stream;
    private volatile Flow.@Nullable Subscription subscription;

    LiveSubscriber(SseEmitter stream) {
        this.stream = stream;
        stream.onCompletion(this::cancel);
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        opened.request(1);
    }

    @Override
    public void onNext(KpiReport report) {
        try {
            stream.send(SseEmitter.event().name("figures").data(report.results()));
            Flow.Subscription opened = subscription;
            if (opened != null) {
                opened.request(1);
            }
        } catch (IOException | IllegalStateException gone) {
            cancel();
        }
    }

    @Override
    public void onError(Throwable problem) {
        stream.complete();
    }

    @Override
    public void onComplete() {
        stream.complete();
    }

    private void cancel() {
        Flow.Subscription opened = subscription;
        if (opened != null) {
            opened.cancel();
        }
    }
}
// end of snippet
