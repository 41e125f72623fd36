package dev.clinickpi.privacy.scrub;

import java.util.List;

/**
 * Finds one kind of personal value. A host adds its own to a {@link StandardScrubber}.
 *
 * <p>A detector reads {@link NormalizedText#text()}, in which a value that was written to escape notice is plain again, and hands back spans
 * of the input, which {@link NormalizedText#span} makes. Implementations must be safe for use by many threads, must return for any text at
 * all, and should take no longer than the length of the text asks for.
 */
@FunctionalInterface
public interface PiiDetector {

    /** The values found, in any order; they may overlap each other and those of other detectors. Empty if there are none. */
    List<PiiSpan> find(NormalizedText text);
}
