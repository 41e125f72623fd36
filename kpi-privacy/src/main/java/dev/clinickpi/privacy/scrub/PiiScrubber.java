package dev.clinickpi.privacy.scrub;

import java.util.List;

/**
 * Finds what is personal in a text and takes it out. Implementations must be safe for use by many threads and return for any text at all,
 * lone surrogates included.
 */
public interface PiiScrubber {

    /**
     * The personal values in a text.
     *
     * @param text any text
     * @return where they are, as UTF-16 offsets into this very text: inside it, in order, none overlapping another
     */
    List<PiiSpan> find(String text);

    /**
     * The text with a placeholder, such as {@code [PHONE]}, for each personal value. All else is as it was.
     *
     * @param text any text
     */
    default String scrub(String text) {
        List<PiiSpan> spans = find(text);
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder scrubbed = new StringBuilder(text.length());
        int from = 0;
        for (PiiSpan span : spans) {
            scrubbed.append(text, from, span.start()).append(span.type().placeholder());
            from = span.end();
        }
        return scrubbed.append(text, from, text.length()).toString();
    }
}
