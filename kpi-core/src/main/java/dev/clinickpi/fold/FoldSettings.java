package dev.clinickpi.fold;

import java.time.Duration;

/**
 * The two spans of time that section 3 and 4 leave to a setting.
 *
 * @param conversionWindow how long after its start a conversation may convert; 720 hours unless set
 * @param activeWindow how long after its latest message a conversation counts as active; 30 minutes unless set
 */
public record FoldSettings(Duration conversionWindow, Duration activeWindow) {

    /** 720 hours and 30 minutes. */
    public static final FoldSettings DEFAULT = new FoldSettings(Duration.ofDays(30), Duration.ofMinutes(30));

    /** @throws IllegalArgumentException if a span is not positive */
    public FoldSettings {
        if (conversionWindow.isNegative()
                || conversionWindow.isZero()
                || activeWindow.isNegative()
                || activeWindow.isZero()) {
            throw new IllegalArgumentException("The conversion window and the active window are longer than nothing");
        }
    }
}
