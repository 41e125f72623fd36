package dev.clinickpi.privacy;

import dev.clinickpi.event.PrivacyGate.LabelKind;
import dev.clinickpi.privacy.scrub.PiiScrubber;
import dev.clinickpi.privacy.scrub.PiiType;
import java.text.Normalizer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

/**
 * Which labels may reach a figure though no catalogue has them: those that a scrubber finds nothing in. A label has less need of digits than a
 * text, so it is held to more: nine in a row or a handle's sign are too much, whichever country's phone they may be.
 */
final class PublishableLabels {

    /** The shortest national numbers that are taken for phones have as many digits, Spain's among them. Dates have 8. */
    private static final int PHONE_DIGITS = 9;

    /**
     * A model's release, as in {@code o1-2024-12-17}, {@code claude-opus-4@20250514} and {@code text-bison@002}: together with the version
     * before it, as many digits as a phone.
     */
    private static final Pattern RELEASE = Pattern.compile("[-@]20\\d\\d(-?)[01]\\d\\1[0-3]\\d(?![\\d.])|@\\d{3}$");

    /** A power of two. A product has some dozens of models and features; more than fit are judged again. */
    private static final int PLACES = 1024;

    /** Longer ones are judged each time, lest labels fill the memory. */
    private static final int LONGEST_KEPT = 128;

    private record Judged(LabelKind kind, String label) {}

    private final PiiScrubber scrubber;

    /** Labels that passed, each where its hash says. What did not pass may be personal, so it is not kept. */
    private final AtomicReferenceArray<Judged> passed = new AtomicReferenceArray<>(PLACES);

    PublishableLabels(PiiScrubber scrubber) {
        this.scrubber = scrubber;
    }

    boolean contains(LabelKind kind, String label) {
        int hash = label.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        Judged kept = passed.get(place);
        if (kept != null && kept.kind() == kind && kept.label().equals(label)) {
            return true;
        }
        boolean isPublishable = isPublishable(kind, label);
        if (isPublishable && label.length() <= LONGEST_KEPT) {
            passed.set(place, new Judged(kind, label));
        }
        return isPublishable;
    }

    private boolean isPublishable(LabelKind kind, String label) {
        String text = Normalizer.normalize(label, Normalizer.Form.NFKC);
        if (kind == LabelKind.MODEL) {
            text = RELEASE.matcher(text).replaceAll("|");
        }
        return text.indexOf('@') < 0 && !hasPhone(text) && !hasFindings(kind, text);
    }

    /** Models and tiers are called by words that are people's names, too, such as "claude" and "max", and not by those who write to a clinic. */
    private boolean hasFindings(LabelKind kind, String text) {
        boolean isNamedByMakers = kind == LabelKind.MODEL || kind == LabelKind.TIER;
        return scrubber.find(text).stream().anyMatch(span -> !isNamedByMakers || span.type() != PiiType.NAME);
    }

    /** Whether enough digits follow each other with no more than a phone number's punctuation between them. */
    private static boolean hasPhone(String text) {
        int digits = 0;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
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
