package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the numbers in WhatsApp's own addresses: those of accounts and groups ({@code 34612345678@s.whatsapp.net}), and links that open a chat. They are
 * numbers whatever a numbering plan says of them.
 */
final class WhatsAppDetector implements PiiDetector {

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<!\\d)\\d{5,20}(?:[-:]\\d{1,20})?@(?:s\\.whatsapp\\.net|c\\.us|g\\.us|lid)(?!\\w)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LINK = Pattern.compile(
            "(?:https?://)?(?:wa\\.me/|(?:api\\.|web\\.)?whatsapp\\.com/send/?\\?phone=)(?:\\+|%2B)?\\d[\\d-]{4,19}|\\btel:\\+?\\d[\\d.-]{4,24}",
            Pattern.CASE_INSENSITIVE);

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        List<PiiSpan> found = new ArrayList<>();
        collect(ADDRESS, text, found);
        collect(LINK, text, found);
        return found;
    }

    private static void collect(Pattern pattern, NormalizedText text, List<PiiSpan> found) {
        Matcher matcher = pattern.matcher(text.text());
        while (matcher.find()) {
            found.add(text.span(matcher.start(), matcher.end(), PiiType.PHONE));
        }
    }
}
