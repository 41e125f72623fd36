package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Finds account numbers (ISO 13616) and the numbers of payment cards (ISO/IEC 7812), each by its check digits. */
final class BankDetector implements PiiDetector {

    private static final Pattern IBAN_START =
            Pattern.compile("(?<![\\p{L}\\d])[a-z]{2}[ -]?\\d{2}(?=[ .-]?[a-z\\d])", Pattern.CASE_INSENSITIVE);

    /** Networks begin with these: Visa, Mastercard and Maestro, American Express, Diners, Discover, JCB, UnionPay. */
    private static final Pattern CARD = Pattern.compile("(?:[456]\\d|3[05-9]|2[2-7])\\d{11,17}");

    private static final int LEAST_CARD_DIGITS = 13;
    private static final int MOST_CARD_DIGITS = 19;

    /** Groups of a card have four digits as a rule, and at least three in old ones. */
    private static final int MOST_CARD_GROUPS = 6;

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        List<PiiSpan> found = new ArrayList<>();
        findAccounts(text, found);
        for (DigitRun run : DigitRun.in(text.text(), Barriers.in(text.text()))) {
            findCards(text, run, found);
        }
        return found;
    }

    private static void findAccounts(NormalizedText text, List<PiiSpan> found) {
        String chars = text.text();
        Matcher start = IBAN_START.matcher(chars);
        while (start.find()) {
            String country = chars.substring(start.start(), start.start() + 2).toUpperCase(Locale.ROOT);
            IBANValidator.Validator format = IBANValidator.getInstance().getValidator(country);
            int end = format == null ? -1 : accountEnd(chars, start.start(), format.getIbanLength());
            if (end >= 0) {
                found.add(text.span(start.start(), end, PiiType.IBAN));
            }
        }
    }

    /** Where so many letters and digits end, if they are an account; they may stand in groups. */
    private static int accountEnd(String chars, int start, int length) {
        StringBuilder account = new StringBuilder();
        int at = start;
        int gap = 0;
        while (at < chars.length() && account.length() < length && gap <= 2) {
            char c = chars.charAt(at++);
            if (Character.isLetterOrDigit(c)) {
                account.append(c);
                gap = 0;
            } else if (c == ' ' || c == '-' || c == '.' || c == '\n') {
                gap++;
            } else {
                return -1;
            }
        }
        boolean isWhole = at == chars.length() || !Character.isLetterOrDigit(chars.charAt(at));
        String plain = account.toString().toUpperCase(Locale.ROOT);
        return isWhole && IBANValidator.getInstance().isValid(plain) ? at : -1;
    }

    private static void findCards(NormalizedText text, DigitRun run, List<PiiSpan> found) {
        for (int first = 0; first < run.size(); first++) {
            StringBuilder digits = new StringBuilder();
            int last = -1;
            for (int i = first; i < run.size() && digits.length() < MOST_CARD_DIGITS; i++) {
                if (run.group(i).length() > MOST_CARD_DIGITS) {
                    break;
                }
                run.digits(i, digits);
                boolean isGrouped = i - first < MOST_CARD_GROUPS || i - first + 1 == digits.length();
                if (digits.length() >= LEAST_CARD_DIGITS && isGrouped && isCard(digits)) {
                    last = i;
                }
            }
            if (last >= 0) {
                found.add(text.span(run.group(first).start(), run.group(last).end(), PiiType.CARD));
                first = last;
            }
        }
    }

    private static boolean isCard(CharSequence digits) {
        return CARD.matcher(digits).matches() && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits.toString());
    }
}
