package dev.clinickpi.example.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** A bar that grows while long input is read: for somebody who watches, and only once it has taken more than a second. */
final class Progress {

    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final int WIDTH = 40;

    private final PrintWriter out;
    private final boolean isWatched;
    private final LongSupplier nanos;
    private long total;
    private long done;
    private long redrawAt;
    private boolean isDrawn;

    /**
     * A bar that has not begun.
     *
     * @param out where it is drawn
     * @param isWatched whether somebody watches {@code out}
     * @param nanos the time, in nanoseconds from anywhere
     */
    Progress(PrintWriter out, boolean isWatched, LongSupplier nanos) {
        this.out = out;
        this.isWatched = isWatched;
        this.nanos = nanos;
    }

    void begin(long bytes) {
        total = bytes;
        done = 0;
        redrawAt = nanos.getAsLong() + PATIENCE_NANOS;
    }

    void advance(int bytes) {
        done += bytes;
        if (isWatched && total > 0 && nanos.getAsLong() - redrawAt >= 0) {
            draw(Math.min(1.0, (double) done / total));
            redrawAt = nanos.getAsLong() + REDRAW_NANOS;
        }
    }

    /** Leaves nothing of the bar. */
    void end() {
        if (isDrawn) {
            out.print("\r" + " ".repeat(WIDTH + 7) + "\r");
            out.flush();
            isDrawn = false;
        }
    }

    private void draw(double share) {
        int full = (int) (share * WIDTH);
        int percent = (int) (share * 100);
        out.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + percent + "%");
        out.flush();
        isDrawn = true;
    }

    /** The same stream, and the bar grows as it is read. */
    InputStream watch(InputStream in) {
        return new Watched(in);
    }

    private final class Watched extends FilterInputStream {

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            advance(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            advance(Math.max(read, 0));
            return read;
        }
    }
}
