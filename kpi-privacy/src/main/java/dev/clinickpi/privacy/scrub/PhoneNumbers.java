package dev.clinickpi.privacy.scrub;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.regex.Pattern;

/** Which digits are a phone number, by the numbering plans of libphonenumber. */
final class PhoneNumbers {

    /** ITU-T E.164: a country's code and a number of it have no more digits. */
    static final int MAX_DIGITS = 15;

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /** How the number of a region is written at home. The pattern spares the plans most of what is none. */
    private record Region(String code, Pattern national, Pattern international) {
        Region(String code, String national, String international) {
            this(code, Pattern.compile(national), Pattern.compile(international));
        }
    }

    private static final List<Region> REGIONS = List.of(
            new Region("ES", "[6-9]\\d{8}", "34[5-9]\\d{8}"),
            new Region("MX", "(?:01|04[45])?[2-9]\\d{9}", "521?[2-9]\\d{9}"),
            new Region("CO", "(?:3\\d|60|90)\\d{8}", "57(?:3\\d|60|90)\\d{8}"),
            new Region("AR", "9?[123]\\d{9}(?:\\d\\d)?|0[1-9]\\d{9,12}|15[2-9]\\d{7}", "549?0?[1-9]\\d{9}(?:\\d\\d)?"),
            new Region("CL", "0?[2-9]\\d{8}", "56[2-9]\\d{8}"),
            new Region("PE", "9\\d{8}|0[1-8]\\d{7}", "51(?:9\\d{8}|0?[1-8]\\d{7})"));

    private PhoneNumbers() {}

    /** Whether these digits call somebody from inside one of the regions where our patients live. */
    static boolean isNational(String digits) {
        for (Region region : REGIONS) {
            if (region.national().matcher(digits).matches() && isValidIn(region.code(), digits)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValidIn(String region, String digits) {
        String modern = switch (region) {
            // Prefixes that are no longer dialled, but stand in many an address book.
            case "MX" -> digits.length() > 10 ? digits.substring(digits.length() - 10) : digits;
            case "CL" -> digits.startsWith("0") ? digits.substring(1) : digits;
            default -> digits;
        };
        return (region.equals("AR") && digits.startsWith("15") && digits.length() == 10) || isValid(modern, region);
    }

    /** Whether these digits begin with the code of a country and are a number there, as in a {@code wa_id}. */
    static boolean isInternational(String digits) {
        return isValid("+" + digits, "ZZ")
                // WhatsApp still has the 1 and the 9 that mobiles had behind the country's code.
                || (digits.startsWith("521") && isValid("+52" + digits.substring(3), "ZZ"))
                || (digits.startsWith("54")
                        && !digits.startsWith("549")
                        && isValid("+549" + digits.substring(2), "ZZ"));
    }

    /** Whether this is such a number of one of our regions, which needs no plus sign to be known. */
    static boolean isOurs(String digits) {
        for (Region region : REGIONS) {
            if (region.international().matcher(digits).matches() && isInternational(digits)) {
                return true;
            }
        }
        return false;
    }

    /** Whether these digits are a mobile of any country with the country's code before them. */
    static boolean isMobileAnywhere(String digits) {
        try {
            PhoneNumber number = PLANS.parse("+" + digits, "ZZ");
            PhoneNumberType type = PLANS.getNumberType(number);
            return type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
        } catch (NumberParseException e) {
            return false;
        }
    }

    private static boolean isValid(String digits, String region) {
        try {
            PhoneNumber number = PLANS.parse(digits, region);
            return region.equals("ZZ") ? PLANS.isValidNumber(number) : PLANS.isValidNumberForRegion(number, region);
        } catch (NumberParseException e) {
            return false;
        }
    }
}
