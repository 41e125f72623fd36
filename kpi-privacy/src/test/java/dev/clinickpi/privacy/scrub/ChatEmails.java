package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Invented e-mail addresses as patients write them into a chat. The same for each seed. */
final class ChatEmails {

    private static final List<String> LOCALS = List.of(
            "ana",
            "ana.gil",
            "anagil88",
            "a.gil.ruiz",
            "ana_gil",
            "ana-gil",
            "anita.1990",
            "info",
            "gil.ana_2",
            "pepe.luis.r",
            "m_j_perez",
            "lolaferza");

    private static final List<String> HOSTS = List.of(
            "gmail.com",
            "hotmail.com",
            "yahoo.es",
            "outlook.com",
            "icloud.com",
            "example.com",
            "mi-clinica.es",
            "correo.ugr.es",
            "live.com.mx",
            "example.com.ar",
            "gmx.net",
            "example.org.co");

    private static final List<String> SENTENCES = List.of(
            "%s",
            "mi correo es %s",
            "hola, %s es mi mail",
            "mándamelo a %s por favor",
            "Ana Gil\n%s\n612",
            "el correo:%s",
            "escribe a %s. Gracias",
            "my email is %s thanks",
            "¿es %s?",
            "factura a %s (nombre de empresa)",
            "%s, o si no por aquí",
            "te lo paso: %s 🙂");

    private static final Map<String, UnaryOperator<String>> SPELLINGS = Map.ofEntries(
            Map.entry("plain", e -> e),
            Map.entry("upper case", e -> e.toUpperCase(Locale.ROOT)),
            Map.entry("mailto", e -> "mailto:" + e),
            Map.entry("in brackets", e -> "<" + e + ">"),
            Map.entry("spaces at the sign", e -> e.replace("@", " @ ")),
            Map.entry("spaces everywhere", e -> e.replace("@", " @ ").replace(".", " . ")),
            Map.entry("arroba", e -> e.replace("@", " arroba ")),
            Map.entry("(arroba)", e -> e.replace("@", "(arroba)")),
            Map.entry("arroba, punto", e -> e.replace("@", " arroba ").replace(".", " punto ")),
            Map.entry(
                    "ARROBA, PUNTO",
                    e -> e.replace("@", " arroba ").replace(".", " punto ").toUpperCase(Locale.ROOT)),
            Map.entry(
                    "arroba, punto, guion",
                    e -> e.replace("@", " arroba ")
                            .replace(".", " punto ")
                            .replace("_", " guion bajo ")
                            .replace("-", " guión ")),
            Map.entry("(at)", e -> e.replace("@", " (at) ")),
            Map.entry("[at], [dot]", e -> e.replace("@", "[at]").replace(".", "[dot]")),
            Map.entry("at, dot", e -> e.replace("@", " at ").replace(".", " dot ")),
            Map.entry("(at), (dot)", e -> e.replace("@", " (at) ").replace(".", " (dot) ")),
            Map.entry("full-width", e -> each(e, c -> c > ' ' && c < 0x7f ? (char) (c + 0xfee0) : c)),
            Map.entry("Cyrillic", e -> each(e, c -> "aeopc".indexOf(c) < 0 ? c : "аеорс".charAt("aeopc".indexOf(c)))),
            Map.entry("zero-width", e -> String.join("\u200b", e.split(""))),
            Map.entry("soft hyphens", e -> String.join("\u00ad", e.split(""))));

    private interface Letter {
        char of(char letter);
    }

    private ChatEmails() {}

    static List<ChatPhones.Sample> samples(int count, long seed) {
        Random random = new Random(seed);
        List<String> names = SPELLINGS.keySet().stream().sorted().toList();
        List<ChatPhones.Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String host = HOSTS.get(random.nextInt(HOSTS.size()));
            String spelling = names.get(i % names.size());
            String email = SPELLINGS.get(spelling).apply(LOCALS.get(random.nextInt(LOCALS.size())) + "@" + host);
            String sentence = SENTENCES.get(random.nextInt(SENTENCES.size()));
            int start = sentence.indexOf("%s") + (email.startsWith("mailto:") ? "mailto:".length() : 0);
            int end = sentence.indexOf("%s") + email.length();
            samples.add(new ChatPhones.Sample(sentence.replace("%s", email), start, end, host, spelling));
        }
        return samples;
    }

    private static String each(String text, Letter letter) {
        StringBuilder changed = new StringBuilder();
        for (char c : text.toCharArray()) {
            changed.append(letter.of(c));
        }
        return changed.toString();
    }
}
