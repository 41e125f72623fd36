package dev.clinickpi.export;

import dev.clinickpi.view.Heatmap;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a heatmap shows of each hour of the week. */
public enum HeatmapMeasure {
    /** Messages that patients wrote. */
    MESSAGES,
    /** Conversations that began. */
    CONVERSATIONS,
    /** Those of them that converted. */
    CONVERSIONS;

    /** The name that programs read, in lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Nullable
    Long count(Heatmap.Cell cell) {
        return switch (this) {
            case MESSAGES -> cell.messages();
            case CONVERSATIONS -> cell.conversations();
            case CONVERSIONS -> cell.conversions();
        };
    }

    Optional<BigDecimal> perHour(Heatmap.Cell cell) {
        return switch (this) {
            case MESSAGES -> cell.messagesPerHour();
            case CONVERSATIONS -> cell.conversationsPerHour();
            case CONVERSIONS -> cell.conversionsPerHour();
        };
    }
}
