package dev.clinickpi.privacy.scrub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** The names in the development set of MEDDOCAN, in their documents and set into chats. The detector was not trained on it. */
final class DevelopmentSet implements ChatSentences.Names {

    /** How a chat is written. */
    enum Hand {
        /** As the templates are: with upper case, accents and punctuation. */
        CAREFUL,
        /** In lower case, else the same. */
        LOWER_CASE,
        /** In lower case, without accents and punctuation. */
        PLAIN,
        /** Plain, and three letters in a hundred are wrong, in the names, too. */
        HASTY
    }

    private final List<LabelledText> documents = new ArrayList<>();
    private final List<String> given = new ArrayList<>();
    private final List<String> surnames = new ArrayList<>();

    DevelopmentSet() {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = open("/meddocan/dev.ndjson.gz")) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(json.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents, with the names of patients and staff. */
    List<LabelledText> documents() {
        return documents;
    }

    /** Chats about these people: each template in turn, filled and written at random, the same with each call. */
    List<LabelledText> chats(int count, Hand hand) {
        List<String> templates = resource("/names/chats.txt");
        ChatSentences sentences = new ChatSentences(resource("/names/chat-fillers.txt"), this);
        Random random = new Random(2026);
        List<LabelledText> chats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LabelledText chat = sentences.fill(templates.get(i % templates.size()), random);
            chats.add(
                    switch (hand) {
                        case CAREFUL -> chat;
                        case LOWER_CASE -> chat.lowerCase();
                        case PLAIN -> plain(chat);
                        case HASTY -> plain(chat).withTypos(random, 0.03);
                    });
        }
        return chats;
    }

    static LabelledText plain(LabelledText text) {
        return text.lowerCase().withoutAccents().withoutPunctuation();
    }

    /** The lines of a resource of the tests that are neither empty nor a comment. */
    static List<String> resource(String name) {
        var in = Objects.requireNonNull(DevelopmentSet.class.getResourceAsStream(name), name);
        return ChatSentences.lines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    }

    /** Half the given names and surnames go without their second part, as in a chat. */
    @Override
    public String of(char slot, Random random) {
        String first = given.get(random.nextInt(given.size()));
        String last = surnames.get(random.nextInt(surnames.size()));
        boolean whole = random.nextBoolean();
        return switch (slot) {
            case 'n' -> whole ? first : first.split(" ")[0];
            case 's' -> whole ? last : head(last);
            default -> first + " " + (whole ? last : head(last));
        };
    }

    /** The first surname, with the particles before it. */
    private static String head(String surnames) {
        String[] words = surnames.split(" ");
        int end = 0;
        while (end < words.length - 1 && words[end].length() <= 3) {
            end++;
        }
        return String.join(" ", List.of(words).subList(0, end + 1));
    }

    private void add(JsonNode document) {
        String text = document.get("text").textValue();
        List<int[]> names = new ArrayList<>();
        for (JsonNode span : document.get("spans")) {
            if (span.get(2).textValue().startsWith("NOMBRE_")) {
                names.add(new int[] {span.get(0).intValue(), span.get(1).intValue()});
            }
        }
        names.sort(Comparator.comparingInt(name -> name[0]));
        documents.add(new LabelledText(text, names));
        for (int[] name : names) {
            String before = text.substring(Math.max(0, name[0] - 12), name[0]).strip();
            String value = text.substring(name[0], name[1]);
            if (before.endsWith("Nombre:")) {
                given.add(value);
            } else if (before.endsWith("Apellidos:")) {
                surnames.add(value);
            }
        }
    }

    private static BufferedReader open(String name) throws IOException {
        var in = Objects.requireNonNull(DevelopmentSet.class.getResourceAsStream(name), name);
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
    }
}
