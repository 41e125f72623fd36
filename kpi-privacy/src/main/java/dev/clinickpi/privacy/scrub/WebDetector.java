package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds pages of persons on social networks and the handles that people go by there. */
final class WebDetector implements PiiDetector {

    private static final Pattern PAGE = Pattern.compile(
            "(?<![\\p{L}\\d])(?:https?://)?(?:[a-z]{1,10}\\.)?(?:facebook\\.com|fb\\.com|instagram\\.com|linkedin\\.com/in|twitter\\.com|x\\.com|tiktok\\.com|t\\.me"
                    + "|telegram\\.me|youtube\\.com|threads\\.net)/[^\\s<>\"']{1,200}",
            Pattern.CASE_INSENSITIVE);

    /** With a letter, as a version or a price has none. */
    private static final Pattern HANDLE = Pattern.compile(
            "(?<![\\p{L}\\d@.])@(?=[\\d_.]{0,29}\\p{L})[\\p{L}\\d_](?:[\\p{L}\\d_.]{0,28}[\\p{L}\\d_])?");

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        List<PiiSpan> found = new ArrayList<>();
        collect(PAGE, text, found);
        collect(HANDLE, text, found);
        return found;
    }

    private static void collect(Pattern pattern, NormalizedText text, List<PiiSpan> found) {
        Matcher matcher = pattern.matcher(text.text());
        while (matcher.find()) {
            found.add(text.span(matcher.start(), matcher.end(), PiiType.URL));
        }
    }
}
