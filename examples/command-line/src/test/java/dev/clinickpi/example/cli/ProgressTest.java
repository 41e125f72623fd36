package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter drawn = new StringWriter();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND);

    @Test
    void showsHowFarLongInputIsReadAndLeavesNothing() throws IOException {
        Progress progress = new Progress(new PrintWriter(drawn), true, nanos::get);
        progress.begin(100);
        InputStream in = progress.watch(new ByteArrayInputStream(new byte[100]));
        in.readNBytes(10);
        assertThat(drawn.toString()).isEmpty();

        nanos.addAndGet(2 * SECOND);
        in.readNBytes(40);
        assertThat(drawn.toString()).isEqualTo("\r[####################                    ] 50%");

        in.readNBytes(50);
        assertThat(drawn.toString()).as("not drawn again at once").endsWith("50%");

        progress.end();
        assertThat(drawn.toString()).endsWith(" \r");
    }

    @Test
    void isSilentWhereNobodyWatches() throws IOException {
        Progress progress = new Progress(new PrintWriter(drawn), false, nanos::get);
        progress.begin(100);
        nanos.addAndGet(2 * SECOND);
        progress.watch(new ByteArrayInputStream(new byte[100])).readAllBytes();
        progress.end();
        assertThat(drawn.toString()).isEmpty();
    }
}
