package dev.clinickpi.privacy;

import dev.clinickpi.event.PrivacyGate.LabelKind;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** What a person could be reached by, in a label that should be a word of a catalogue: an e-mail address, a handle or a phone number. */
final class ContactDetails {

    /** The shortest national numbers that are taken for phones have as many digits, Spain's among them. Dates have 8. */
    private static final int PHONE_DIGITS = 9;

    /**
     * A model's release, as in {@code o1-2024-12-17}, {@code claude-opus-4@20250514} and {@code text-bison@002}: together with the version
     * before it, as many digits as a phone.
     */
    private static final Pattern RELEASE = Pattern.compile("[-@]20\\d\\d(-?)[01]\\d\\1[0-3]\\d(?![\\d.])|@\\d{3}$");

    private ContactDetails() {}

    static boolean areIn(LabelKind kind, String label) {
        String text = Normalizer.normalize(label, Normalizer.Form.NFKC);
        if (kind == LabelKind.MODEL) {
            text = RELEASE.matcher(text).replaceAll("|");
        }
        return text.indexOf('@') >= 0 || hasPhone(text);
    }

    /** Whether enough digits follow each other with no more than a phone number's punctuation between them. */
    private static boolean hasPhone(String text) {
        int digits = 0;
        for (int codePoint : text.codePoints().toArray()) {
            if (Character.isDigit(codePoint)) {
                digits++;
                if (digits == PHONE_DIGITS) {
                    return true;
                }
            } else if (!isPhonePunctuation(codePoint)) {
                digits = 0;
            }
        }
        return false;
    }

    private static boolean isPhonePunctuation(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION, Character.FORMAT -> true;
            default -> ".()+/".indexOf(codePoint) >= 0;
        };
    }
}
