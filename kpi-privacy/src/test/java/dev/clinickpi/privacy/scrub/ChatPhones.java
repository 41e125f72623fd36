package dev.clinickpi.privacy.scrub;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Invented phone numbers of six countries, valid by their numbering plans, as patients write them into a chat. The same for each seed. */
final class ChatPhones {

    /** A text and where the value in it is. */
    record Sample(String text, int start, int end, String region, String spelling) {}

    static final List<String> REGIONS = List.of("ES", "MX", "CO", "AR", "CL", "PE");

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private static final List<String> SENTENCES = List.of(
            "%s",
            "hola soy ana, mi movil es %s",
            "Buenos días, me pueden llamar al %s? Gracias",
            "te paso el de mi marido %s es por la cita",
            "cita el 12/05/2026 a las 10:30, %s",
            "pagué 45,50 € por la limpieza y nadie me llama, %s",
            "quiero pedir hora para 2 personas, %s por favor",
            "%s ese es el mio jeje",
            "mándame un wasap (%s) cuando puedas",
            "no me acuerdo si os di este: %s",
            "Ana Gil\n%s\nalergia a la penicilina",
            "mi hija tiene 7 años y le duele una muela. %s",
            "apunta %s, luego te digo la hora",
            "si no contesto, prueba con %s o con el de casa",
            "WhatsApp:%s",
            "hi, my number is %s, call me after 5pm",
            "it's %s thanks!",
            "📱%s 🙏",
            "contacto -> %s",
            "el dr me dijo que escribiera aqui %s gracias",
            "Tengo 34 años y peso 62 kg. %s",
            "referencia de la derma? yo soy %s");

    private static final String[] SPANISH = {
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"
    };
    private static final String[] ENGLISH = {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
    };
    private static final String[] TENS = {
        "", "", "veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"
    };

    /** How a number is written plainly. */
    private static final Map<String, BiFunction<PhoneNumber, Random, String>> PLAIN = Map.ofEntries(
            Map.entry("national, together", (n, r) -> national(n)),
            Map.entry("national, as printed", (n, r) -> PLANS.format(n, PhoneNumberFormat.NATIONAL)),
            Map.entry("international, as printed", (n, r) -> PLANS.format(n, PhoneNumberFormat.INTERNATIONAL)),
            Map.entry("E.164", (n, r) -> PLANS.format(n, PhoneNumberFormat.E164)),
            Map.entry("RFC 3966", (n, r) -> PLANS.format(n, PhoneNumberFormat.RFC3966)),
            Map.entry("with 00", (n, r) -> "00" + n.getCountryCode() + " " + grouped(national(n), " ", r)),
            Map.entry("plus in brackets", (n, r) -> "(+" + n.getCountryCode() + ") " + grouped(national(n), " ", r)),
            Map.entry("code without plus", (n, r) -> n.getCountryCode() + " " + national(n)),
            Map.entry("wa_id", (n, r) -> waId(n)),
            Map.entry("JID", (n, r) -> waId(n) + "@s.whatsapp.net"),
            Map.entry("wa.me", (n, r) -> "https://wa.me/" + waId(n)),
            Map.entry("groups, spaces", (n, r) -> grouped(national(n), " ", r)),
            Map.entry("groups, dots", (n, r) -> grouped(national(n), ".", r)),
            Map.entry("groups, hyphens", (n, r) -> grouped(national(n), "-", r)),
            Map.entry("groups, slashes", (n, r) -> grouped(national(n), "/", r)),
            Map.entry(
                    "area in brackets",
                    (n, r) -> "(" + national(n).substring(0, 2) + ") "
                            + grouped(national(n).substring(2), "-", r)));

    /** How a number is written so that a pattern of digits does not find it. */
    private static final Map<String, BiFunction<PhoneNumber, Random, String>> OBFUSCATED = Map.ofEntries(
            Map.entry("digit by digit", (n, r) -> each(national(n), " ", ChatPhones::digit)),
            Map.entry("digit by digit, hyphens", (n, r) -> each(national(n), " - ", ChatPhones::digit)),
            Map.entry("digit by digit, commas", (n, r) -> each(national(n), ",", ChatPhones::digit)),
            Map.entry("groups on lines", (n, r) -> grouped(national(n), "\n", r)),
            Map.entry("groups, commas", (n, r) -> grouped(national(n), ", ", r)),
            Map.entry("groups, emoji", (n, r) -> grouped(national(n), " 🙂 ", r)),
            Map.entry("groups, underscores", (n, r) -> grouped(national(n), "_", r)),
            Map.entry("groups, guion", (n, r) -> grouped(national(n), " guion ", r)),
            Map.entry("full-width", (n, r) -> each(national(n), "", d -> (char) ('０' + d - '0') + "")),
            Map.entry("Arabic digits", (n, r) -> each(national(n), "", d -> (char) ('٠' + d - '0') + "")),
            Map.entry("keycaps", (n, r) -> each(national(n), "", d -> d + "\ufe0f\u20e3")),
            Map.entry("circled", (n, r) -> each(national(n), " ", d -> d == '0' ? "⓪" : (char) ('①' + d - '1') + "")),
            Map.entry("zero-width", (n, r) -> each(national(n), "\u200b", ChatPhones::digit)),
            Map.entry("soft hyphens", (n, r) -> each(grouped(national(n), " ", r), "\u00ad", ChatPhones::digit)),
            Map.entry("no-break spaces", (n, r) -> grouped(national(n), "\u00a0", r)),
            Map.entry(
                    "letters for digits",
                    (n, r) -> grouped(national(n), " ", r).replace('0', 'O').replace('1', 'l')),
            Map.entry(
                    "Cyrillic for zero", (n, r) -> grouped(national(n), " ", r).replace('0', 'О')),
            Map.entry("Spanish words", (n, r) -> each(national(n), " ", d -> SPANISH[d - '0'])),
            Map.entry(
                    "SPANISH WORDS", (n, r) -> each(national(n), ", ", d -> SPANISH[d - '0'].toUpperCase(Locale.ROOT))),
            Map.entry("English words", (n, r) -> each(national(n), " ", d -> ENGLISH[d - '0'])),
            Map.entry(
                    "words and digits",
                    (n, r) -> each(national(n).substring(0, 3), " ", d -> SPANISH[d - '0']) + " "
                            + grouped(national(n).substring(3), " ", r)),
            Map.entry(
                    "every other a word",
                    (n, r) -> each(national(n), " ", d -> r.nextBoolean() ? SPANISH[d - '0'] : digit(d))),
            Map.entry("pairs in words", (n, r) -> pairs(national(n))),
            Map.entry(
                    "doble",
                    (n, r) ->
                            each(national(n), " ", d -> SPANISH[d - '0']).replaceAll("\\b(\\w+) \\1\\b", "doble $1")));

    private ChatPhones() {}

    static List<Sample> plain(int count, long seed) {
        return samples(PLAIN, count, seed);
    }

    static List<Sample> obfuscated(int count, long seed) {
        return samples(OBFUSCATED, count, seed);
    }

    private static List<Sample> samples(
            Map<String, BiFunction<PhoneNumber, Random, String>> spellings, int count, long seed) {
        Random random = new Random(seed);
        List<String> names = spellings.keySet().stream().sorted().toList();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String region = REGIONS.get(i % REGIONS.size());
            String spelling = names.get(i / REGIONS.size() % names.size());
            String phone = spellings.get(spelling).apply(number(region, random), random);
            String sentence = SENTENCES.get(random.nextInt(SENTENCES.size()));
            int start = sentence.indexOf("%s");
            samples.add(new Sample(sentence.replace("%s", phone), start, start + phone.length(), region, spelling));
        }
        return samples;
    }

    /** A number that is valid in a region: three mobiles for one at home, as among those who write on WhatsApp. */
    static PhoneNumber number(String region, Random random) {
        PhoneNumberType type = random.nextInt(4) == 0 ? PhoneNumberType.FIXED_LINE : PhoneNumberType.MOBILE;
        String example =
                Long.toString(PLANS.getExampleNumberForType(region, type).getNationalNumber());
        while (true) {
            StringBuilder digits = new StringBuilder(example);
            for (int i = random.nextInt(3); i < digits.length(); i++) {
                digits.setCharAt(i, (char) ('0' + random.nextInt(10)));
            }
            try {
                PhoneNumber number = PLANS.parse(digits, region);
                if (PLANS.isValidNumberForRegion(number, region)
                        && national(number).length() >= example.length()) {
                    return number;
                }
            } catch (NumberParseException e) {
                // Tried again.
            }
        }
    }

    /** As it is dialled in its country, which in Peru takes a zero to a number at home. */
    private static String national(PhoneNumber number) {
        return PLANS.format(number, PhoneNumberFormat.NATIONAL).replaceAll("\\D", "");
    }

    /** What WhatsApp calls an account: with the 1 that Mexican and the 9 that Argentine mobiles once had. */
    private static String waId(PhoneNumber number) {
        String digits = Long.toString(number.getNationalNumber());
        return number.getCountryCode() + (number.getCountryCode() == 52 ? "1" : "") + digits;
    }

    private static String digit(char digit) {
        return String.valueOf(digit);
    }

    private static String each(String digits, String between, Function<Character, String> spelling) {
        return String.join(
                between, digits.chars().mapToObj(c -> spelling.apply((char) c)).toList());
    }

    private static String grouped(String digits, String between, Random random) {
        StringBuilder grouped = new StringBuilder();
        int size = 2 + random.nextInt(2);
        for (int i = 0; i < digits.length(); i += size) {
            grouped.append(i == 0 ? "" : between).append(digits, i, Math.min(digits.length(), i + size));
        }
        return grouped.toString();
    }

    private static String pairs(String digits) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < digits.length(); i += 2) {
            int tens = digits.charAt(i) - '0';
            int unit = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : -1;
            if (tens < 3 || unit < 0) {
                words.add(SPANISH[tens] + (unit < 0 ? "" : " " + SPANISH[unit]));
            } else {
                words.add(TENS[tens] + (unit == 0 ? "" : " y " + SPANISH[unit]));
            }
        }
        return String.join(" ", words);
    }

    private static final Pattern NUMBER = Pattern.compile("#");

    /** Sentences full of digits that are nobody's phone. */
    static List<String> otherNumbers(int count, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String template = OTHERS.get(i % OTHERS.size());
            texts.add(NUMBER.matcher(template).replaceAll(found -> String.valueOf(1 + random.nextInt(9))));
        }
        return texts;
    }

    private static final List<String> OTHERS = List.of(
            "cita el 1#/0#/202# a las 1#:##",
            "del 0#/0#/2026 al 1#/0#/2026",
            "2026-0#-1# 1#:3#:2#",
            "nací el 1# de mayo de 19##",
            "son #.##0,50 € con IVA",
            "total: $ 1.##0.000 COP",
            "$ ##.##0 pesos",
            "son ###.###.### pesos",
            "factura 2026/00#### del 0#/0#/2026",
            "factura 2026######",
            "pedido nº #########",
            "ref. #########",
            "ticket 10########",
            "amoxicilina 500 mg cada 8 horas durante # días",
            "ibuprofeno 600 1-0-1, # días",
            "TA 12#/8#, FC 7#, Tª 36,#",
            "glucosa 1## mg/dl, colesterol 2## mg/dl, HDL ##",
            "horario: 9:00-14:00 y 16:00-20:30",
            "abrimos de 9 a 14 y de 16 a 20",
            "peso ## kg, mido 1,## m, tengo ## años",
            "3 sesiones de 45 minutos por 1##,## €",
            "lote AB#######",
            "código promocional VERANO202#",
            "el paquete 10+2 cuesta ###,## euros",
            "saldo #.###,## MXN",
            "entre ###.000 y ###.000 pesos",
            "habitación ###, planta #",
            "quedan 2#, 2#, 3# y 3# de marzo",
            "opciones: 1, 2, 3, 4, 5, 6, 7, 8, 9",
            "OD -1,## -0,#0 x 1#0º OI -2,#0",
            "hemoglobina 1#,# leucocitos 7.#00 plaquetas 2##.000",
            "el 2#-0#-202#, a las 17.30h",
            "semana 1# de 40, ecografía 3#+#",
            "PCR ##,# VSG ## pH 7,4#",
            "versión 10.#.##.###",
            "ip 192.168.#.##",
            "en 202# pagué #### y en 202# ####",
            "dosis 0,0# ml de 1##.000 UI",
            "del 1 al 10 un #",
            "el vuelo IB3### sale 2#:## y llega 2#:##");
}
