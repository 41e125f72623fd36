package dev.clinickpi.testkit.canary;

import dev.clinickpi.testkit.canary.Canary.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes people who do not exist: each has a name, a phone, an e-mail address, an identity card and an id of WhatsApp's, and of each value one way in which it is
 * written. The same seed makes the same people, of whom no two share a surname or a number.
 */
public final class Canaries {

    private static final List<String> GIVEN = List.of(
            "María",
            "Josefa",
            "Carmen",
            "Lucía",
            "Martina",
            "Ximena",
            "Valentina",
            "Guadalupe",
            "Rocío",
            "Begoña",
            "José",
            "Antonio",
            "Manuel",
            "Alejandro",
            "Santiago",
            "Joaquín",
            "Íñigo",
            "Ramón",
            "Agustín",
            "Emiliano",
            "Sebastián");

    private static final List<String> HEADS = List.of(
            "arri", "zuma", "belta", "gurro", "etxe", "mendi", "ola", "urru", "ibar", "lasa", "goiko", "aldu", "basa",
            "ezpe", "garai", "irigo", "jaure", "legar", "mugu", "oroz", "sagas", "txurru", "undi", "ziga", "quinta");

    private static final List<String> MIDDLES = List.of(
            "be", "cha", "da", "fe", "go", "ji", "ku", "lle", "mo", "na", "ño", "pe", "que", "rri", "sa", "te", "txo",
            "va", "xi", "zo", "ldi");

    private static final List<String> TAILS = List.of(
            "goitia", "zabala", "rreta", "mendia", "etxea", "beitia", "garay", "iturri", "landa", "nagusia", "oyarzun",
            "sarobe", "tegui", "urrutia", "larrea", "gaztelu", "barren", "zelaia", "quijano", "muñoz");

    private static final List<String> SECOND =
            List.of("García", "López", "Hernández", "Muñoz", "Quispe", "González", "Rojas");
    private static final List<String> HOSTS = List.of("gmail.com", "hotmail.es", "yahoo.com.mx", "correo.example");
    private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String CURP_SIGNS = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

    /** Country code and what every mobile number begins with, then how many digits follow. */
    private enum Country {
        SPAIN("34", "6", 8),
        MEXICO("52", "55", 8),
        COLOMBIA("57", "31", 8),
        ARGENTINA("54", "911", 8),
        CHILE("56", "9", 8),
        PERU("51", "9", 8);

        final String code;
        final String prefix;
        final int digits;

        Country(String code, String prefix, int digits) {
            this.code = code;
            this.prefix = prefix;
            this.digits = digits;
        }
    }

    private final Random random;

    private Canaries(long seed) {
        random = new Random(seed);
    }

    /** The values of so many people, one of each kind for each of them. */
    public static List<Canary> of(long seed, int people) {
        int names = HEADS.size() * MIDDLES.size() * TAILS.size();
        if (people > names) {
            throw new IllegalArgumentException("There are no more than " + names + " surnames");
        }
        Canaries canaries = new Canaries(seed);
        List<Canary> all = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            // a step that shares no divisor with their number goes through all of them
            all.addAll(canaries.person(person, (int) (person * 7919L % names)));
        }
        return List.copyOf(all);
    }

    private List<Canary> person(int number, int name) {
        String surname = HEADS.get(name % HEADS.size())
                + MIDDLES.get(name / HEADS.size() % MIDDLES.size())
                + TAILS.get(name / HEADS.size() / MIDDLES.size());
        String given = GIVEN.get(random.nextInt(GIVEN.size()));
        Country country = Country.values()[number % Country.values().length];
        String digits = digits(country.digits, number);
        String national = country.prefix + digits;
        List<Canary> values = List.of(
                name(given, surname),
                new Canary(Kind.PHONE, "+" + country.code + " " + spaced(national), "", List.of(national)),
                email(given, surname, number),
                id(number, digits, given, surname),
                whatsApp(country.code + national, national, number));
        return values.stream().map(canary -> written(canary, number)).toList();
    }

    /** Each way that suits comes in turn. */
    private static Canary written(Canary canary, int number) {
        List<Writing> ways = Arrays.stream(Writing.values())
                .filter(way -> way.suits(canary.kind()))
                .toList();
        return ways.get(number % ways.size()).write(canary);
    }

    private Canary name(String given, String surname) {
        String capital = surname.substring(0, 1).toUpperCase(Locale.ROOT) + surname.substring(1);
        String name = given + " " + capital + " " + SECOND.get(random.nextInt(SECOND.size()));
        return new Canary(Kind.NAME, name, "", List.of(surname));
    }

    private static Canary email(String given, String surname, int number) {
        String local = (Squeezed.of(given) + "." + Squeezed.of(surname) + number).strip();
        return new Canary(Kind.EMAIL, local + "@" + HOSTS.get(number % HOSTS.size()), "", List.of(local, surname));
    }

    private Canary id(int number, String digits, String given, String surname) {
        String id = switch (number % 4) {
            case 0 -> nif(digits);
            case 1 -> "X" + digits.substring(1) + letter(Integer.parseInt(digits.substring(1)));
            case 2 -> curp(given, surname, digits);
            default -> rut(digits);
        };
        return new Canary(Kind.ID, id, "", List.of(id));
    }

    private static String nif(String digits) {
        return digits + letter(Integer.parseInt(digits));
    }

    private static char letter(int number) {
        return NIF_LETTERS.charAt(number % NIF_LETTERS.length());
    }

    private String curp(String given, String surname, String digits) {
        StringBuilder consonants = new StringBuilder();
        digits.chars().limit(3).forEach(digit -> consonants.append("BCDFGLMNRS".charAt(digit - '0')));
        String head = (surname.charAt(0)
                + surname.substring(1).replaceAll("[^aeiou]", "").substring(0, 1) + "X" + given.charAt(0));
        head = Squeezed.of(head).toUpperCase(Locale.ROOT);
        String birth =
                "%02d%02d%02d".formatted(50 + random.nextInt(49), 1 + random.nextInt(12), 1 + random.nextInt(28));
        String body = head + birth + "MDF" + consonants + "0";
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            sum += CURP_SIGNS.indexOf(body.charAt(i)) * (18 - i);
        }
        return body + (10 - sum % 10) % 10;
    }

    private static String rut(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(digits.length() - 1 - i) - '0') * (2 + i % 6);
        }
        int check = 11 - sum % 11;
        String sign = check == 11 ? "0" : check == 10 ? "K" : Integer.toString(check);
        return digits.substring(0, 2) + "." + digits.substring(2, 5) + "." + digits.substring(5) + "-" + sign;
    }

    /** As the business API has it: base64 of the phone and of more. */
    private Canary whatsApp(String phone, String national, int number) {
        if (number % 2 == 0) {
            return new Canary(Kind.WHATSAPP, phone + "@s.whatsapp.net", "", List.of(national));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x1c, 0x18, (byte) phone.length()});
        bytes.writeBytes(phone.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {0x15, 2, 0, 0x12, 0x18, 20});
        bytes.writeBytes("%020X".formatted(random.nextLong()).getBytes(StandardCharsets.US_ASCII));
        bytes.write(0);
        String body = Base64.getEncoder().encodeToString(bytes.toByteArray());
        return new Canary(Kind.WHATSAPP, "wamid." + body, "", List.of(body, national));
    }

    /** Digits that no other person has. */
    private String digits(int length, int number) {
        int spread = (int) ((number * 9_176_273L + 31_415_927L) % 60_000_000L);
        String digits = Integer.toString(20_000_000 + spread);
        return digits.substring(digits.length() - length);
    }

    private static String spaced(String national) {
        return national.replaceAll("(\\d{3})(?=\\d{2})", "$1 ");
    }
}
