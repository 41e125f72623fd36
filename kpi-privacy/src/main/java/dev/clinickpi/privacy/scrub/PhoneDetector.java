package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds phone numbers by the numbering plans: with a country's code anywhere in the world, without one in Spain, Mexico, Colombia, Argentina,
 * Chile and Peru, as WhatsApp writes them, in digits or in words. Where a phone is spoken of, any digits that could be one are.
 */
final class PhoneDetector implements PiiDetector {

    /** Shorter ones are found beside the word "phone" alone; longer ones, by the plans. */
    private static final int LEAST_DIGITS = 7;

    private static final int LEAST_DIGITS_ABROAD = 11;

    /** A country's code is at most three characters behind its plus sign, as in {@code +( 34}. */
    private static final int MAX_SIGN = 3;

    private static final Pattern LIST = Pattern.compile("[,;:\n]");

    /** Longer groups with commas between them are a list of numbers. */
    private static final int LONGEST_LISTED = 4;

    private static final Pattern EXTENSION = Pattern.compile(
            "[ ,.(]{1,3}(?:ext(?:ensi[oó]n)?|interno|anexo)[. :]{0,3}\\d{1,6}(?!\\d)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** With the 00 before the country's code. */
    private static final int MAX_EXPLICIT = PhoneNumbers.MAX_DIGITS + 2;

    private static final int MAX_EXTENSION = 24;

    /** So long a word may be glued to a number. */
    private static final int MAX_GLUED = 16;

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        List<PiiSpan> found = new ArrayList<>();
        new Search(text, found).run();
        for (NormalizedText spoken : SpokenNumbers.readings(text)) {
            new Search(spoken, found).run();
        }
        return found;
    }

    /** One reading of a text. */
    private static final class Search {

        private final NormalizedText text;
        private final String chars;
        private final List<PiiSpan> found;
        private final Barriers barriers;

        Search(NormalizedText text, List<PiiSpan> found) {
            this.text = text;
            this.chars = text.text();
            this.found = found;
            this.barriers = Barriers.in(chars);
        }

        void run() {
            for (DigitRun run : DigitRun.in(chars, barriers)) {
                if (run.digitCount() >= LEAST_DIGITS) {
                    search(run);
                }
            }
        }

        private void add(int start, int end) {
            found.add(text.span(start, end, PiiType.PHONE));
            barriers.add(start, end);
        }

        /** Whole groups that are numbers by themselves first, lest a number beside them make another one of both. */
        private void search(DigitRun run) {
            Run candidates = new Run(run);
            for (int i = 0; i < run.size(); i++) {
                if (candidates.isExplicit(i)) {
                    i = Math.max(i, candidates.take(i, candidates.lastOfExplicit(i)));
                }
            }
            for (int i = 0; i < run.size(); i++) {
                if (candidates.isNumber(i, i)) {
                    candidates.take(candidates.withCountry(i), i);
                }
            }
            for (int i = 0; i < run.size(); i++) {
                i = Math.max(i, candidates.take(i, candidates.lastOf(i)));
            }
            for (int i = 0; i < run.size(); i++) {
                i = Math.max(i, candidates.take(i, candidates.lastInContext(i)));
            }
        }

        /** The groups of one run, some of them taken. */
        private final class Run {

            private final DigitRun run;
            private final boolean[] taken;
            private @Nullable Boolean isInContext;

            Run(DigitRun run) {
                this.run = run;
                this.taken = new boolean[run.size()];
            }

            /** Takes the groups from one to another, if there are any; returns the last. */
            int take(int first, int last) {
                if (last < first) {
                    return last;
                }
                for (int i = first; i <= last; i++) {
                    taken[i] = true;
                }
                int end = run.group(last).end();
                Matcher extension = EXTENSION.matcher(chars).region(end, Math.min(chars.length(), end + MAX_EXTENSION));
                add(explicitStart(first), extension.lookingAt() ? extension.end() : end);
                return last;
            }

            /** Where a number begins with its plus sign and bracket. */
            private int explicitStart(int group) {
                int start = run.group(group).start();
                for (int at = start - 1;
                        at >= 0 && at >= start - MAX_SIGN && "+( ".indexOf(chars.charAt(at)) >= 0;
                        at--) {
                    if (chars.charAt(at) == '+') {
                        return at > 0 && chars.charAt(at - 1) == '(' ? at - 1 : at;
                    }
                }
                return start;
            }

            boolean isExplicit(int group) {
                int start = run.group(group).start();
                return !taken[group] && (explicitStart(group) < start || chars.startsWith("00", start));
            }

            /** The last group of the longest number that begins with a sign or with 00, or -1. */
            int lastOfExplicit(int first) {
                boolean isSigned = explicitStart(first) < run.group(first).start();
                int last = -1;
                StringBuilder digits = new StringBuilder();
                for (int i = first; i < run.size() && !taken[i] && digits.length() <= MAX_EXPLICIT; i++) {
                    run.digits(i, digits);
                    if (digits.length() > MAX_EXPLICIT) {
                        break;
                    }
                    String number = digits.substring(isSigned ? 0 : Math.min(2, digits.length()));
                    if (number.length() >= LEAST_DIGITS && PhoneNumbers.isInternational(number) && isWhole(first, i)) {
                        last = i;
                    }
                }
                return last;
            }

            /** The last group of the longest number that begins with a group, or -1. */
            int lastOf(int first) {
                int last = -1;
                StringBuilder digits = new StringBuilder();
                for (int i = first; i < run.size() && !taken[i]; i++) {
                    run.digits(i, digits);
                    if (digits.length() > PhoneNumbers.MAX_DIGITS) {
                        break;
                    }
                    if (i > first
                            && isNumber(digits.toString())
                            && isWhole(first, i)
                            && isWritten(first, i, digits.toString())
                            && !isThing(first, i)) {
                        last = i;
                    }
                }
                return last;
            }

            /** The last group of the most digits that a word for a phone may mean, or -1. */
            int lastInContext(int first) {
                int last = -1;
                StringBuilder digits = new StringBuilder();
                for (int i = first; i < run.size() && !taken[i]; i++) {
                    run.digits(i, digits);
                    if (digits.length() > PhoneNumbers.MAX_DIGITS
                            || (i > first && run.gapAfter(i - 1).contains("\n"))) {
                        break;
                    }
                    if (digits.length() >= LEAST_DIGITS && isInContext() && isWhole(first, i)) {
                        last = i;
                    }
                }
                return last;
            }

            private boolean isInContext() {
                if (isInContext == null) {
                    isInContext = PhoneContext.isPhone(chars, run.group(0).start());
                }
                return isInContext;
            }

            boolean isNumber(int first, int last) {
                int length = run.group(first).length();
                if (taken[first] || first != last || length > PhoneNumbers.MAX_DIGITS || length < LEAST_DIGITS) {
                    return false;
                }
                String digits = chars.substring(
                        run.group(first).start(), run.group(last).end());
                return (isNumber(digits) || (length >= LEAST_DIGITS_ABROAD && PhoneNumbers.isMobileAnywhere(digits)))
                        && isWhole(first, last)
                        && !isThing(first, last);
            }

            private boolean isNumber(String digits) {
                return digits.length() > LEAST_DIGITS
                        && (PhoneNumbers.isNational(digits) || PhoneNumbers.isOurs(digits));
            }

            private boolean isThing(int first, int last) {
                return PhoneContext.isThing(
                                chars, run.group(first).start(), run.group(last).end())
                        && !isInContext();
            }

            /** A group with the one before it if that is its country's code. */
            int withCountry(int group) {
                if (group == 0 || taken[group - 1] || run.group(group - 1).length() > 3) {
                    return group;
                }
                StringBuilder digits = new StringBuilder();
                run.digits(group - 1, digits);
                run.digits(group, digits);
                return PhoneNumbers.isOurs(digits.toString()) ? group - 1 : group;
            }

            /** Whether no word is cut: a number may be glued to a word, but not to the letters of a code. */
            private boolean isWhole(int first, int last) {
                return isFreeBefore(run.group(first).start())
                        && isFreeAfter(run.group(last).end());
            }

            private boolean isFreeBefore(int start) {
                int at = start;
                while (at > 0 && start - at < MAX_GLUED && Character.isLetter(chars.charAt(at - 1))) {
                    at--;
                }
                return start == at || (start - at > 1 && (at == 0 || !Character.isLetterOrDigit(chars.charAt(at - 1))));
            }

            private boolean isFreeAfter(int end) {
                int at = end;
                while (at < chars.length() && at - end < MAX_GLUED && Character.isLetter(chars.charAt(at))) {
                    at++;
                }
                return end == at
                        || (at - end > 1 && (at == chars.length() || !Character.isLetterOrDigit(chars.charAt(at))));
            }

            /**
             * Whether it is punctuated as numbers are: a comma or an end of line stands between all its groups or none, and a bracket opens
             * before the area's code.
             */
            private boolean isWritten(int first, int last, String digits) {
                boolean isList = false;
                boolean hasBracket = false;
                boolean isUniform = true;
                for (int i = first; i < last; i++) {
                    String gap = run.gapAfter(i);
                    isList |= LIST.matcher(gap).find();
                    hasBracket |= gap.indexOf('(') >= 0;
                    isUniform &= gap.equals(run.gapAfter(first)) && run.group(i).length() <= LONGEST_LISTED;
                }
                return isInContext()
                        || ((!hasBracket || PhoneNumbers.isOurs(digits))
                                && (!isList || (isUniform && last > first + 1)));
            }
        }
    }
}
