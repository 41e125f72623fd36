package dev.clinickpi.testkit.canary;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Hands a test what is logged at every level while it wants it, by whatever library logs to SLF4J or to {@code java.util.logging}; at other times nothing is logged. A module
 * whose tests use it names it in {@code META-INF/services/org.slf4j.spi.SLF4JServiceProvider} of their resources.
 */
public final class LogCapture implements SLF4JServiceProvider {

    private static volatile @Nullable Consumer<String> taker;

    private final Map<String, CapturedLogger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();

    /** For SLF4J. */
    public LogCapture() {}

    /**
     * Begins to hand over what is logged; closing it ends that. One at a time.
     *
     * @param lines gets each message, with the exception that is logged with it and its causes; called by many threads
     */
    public static Captured start(Consumer<String> lines) {
        Captured captured = new Captured(lines);
        taker = lines;
        return captured;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, CapturedLogger::new);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    /** Hands over what is logged from when it was made until it is closed. */
    public static final class Captured extends Handler implements AutoCloseable {

        private static final java.util.logging.Logger ROOT = java.util.logging.Logger.getLogger("");

        private final Consumer<String> lines;
        private final java.util.logging.@Nullable Level before = ROOT.getLevel();

        private Captured(Consumer<String> lines) {
            this.lines = lines;
            setLevel(java.util.logging.Level.ALL);
            ROOT.addHandler(this);
            ROOT.setLevel(java.util.logging.Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            lines.accept(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            taker = null;
            ROOT.removeHandler(this);
            ROOT.setLevel(before);
        }
    }

    private static final class CapturedLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        CapturedLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return taker != null;
        }

        @Override
        public boolean isDebugEnabled() {
            return taker != null;
        }

        @Override
        public boolean isInfoEnabled() {
            return taker != null;
        }

        @Override
        public boolean isWarnEnabled() {
            return taker != null;
        }

        @Override
        public boolean isErrorEnabled() {
            return taker != null;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                @Nullable String message,
                @Nullable Object @Nullable [] arguments,
                @Nullable Throwable fault) {
            Consumer<String> lines = taker;
            if (lines == null) {
                return;
            }
            StringWriter line = new StringWriter();
            line.append(level + " " + name + " " + MessageFormatter.basicArrayFormat(message, arguments));
            if (fault != null) {
                fault.printStackTrace(new PrintWriter(line.append('\n'), true));
            }
            lines.accept(line.toString());
        }
    }
}
