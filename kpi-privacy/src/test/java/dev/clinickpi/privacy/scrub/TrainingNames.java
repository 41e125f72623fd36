package dev.clinickpi.privacy.scrub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Names to train on, put together at random from the lists, frequent ones more often. Some surnames are invented, the head of one with the
 * tail of another, since no list has them all; in some names a part is an initial, or comes from elsewhere in the world.
 */
final class TrainingNames implements ChatSentences.Names {

    private static final String[] SHORT = {
        "Mª",
        "Ma",
        "Fco",
        "Fco.",
        "Mª Carmen",
        "Pepe",
        "Paco",
        "Lola",
        "Nacho",
        "Kike",
        "Conchi",
        "Loli",
        "Pili",
        "Merche",
        "Toñi",
        "Chema",
        "Juanjo",
        "Juanma",
        "Josemi",
        "Fer",
        "Dani",
        "Rafa",
        "Santi",
        "Tere",
        "Maite",
        "Charo",
        "Mari",
        "Isa",
        "Vero",
        "Alex",
        "Nando",
        "Lupe",
        "Beto",
        "Memo",
        "Chus",
        "Maru"
    };

    private final List<String> given = read("given-names.txt");
    private final List<String> surnames = read("surnames.txt");
    private final List<String> world = read("names-of-the-world.txt");
    private final List<String> common = read("common-words.txt");

    @Override
    public String of(char slot, Random random) {
        return switch (slot) {
            case 'n' -> given(random);
            case 's' -> surnames(random);
            default -> given(random) + " " + surnames(random);
        };
    }

    String given(Random random) {
        double dice = random.nextDouble();
        if (dice < 0.03) {
            return SHORT[random.nextInt(SHORT.length)];
        }
        if (dice < 0.09) {
            return capital(pick(world, 1, random));
        }
        String name = capital(pick(given, 3, random));
        if (dice > 0.85) {
            name += (random.nextInt(5) == 0 ? " del " : " ") + capital(pick(given, 4, random));
        }
        return name;
    }

    String surnames(Random random) {
        String first = surname(random);
        double dice = random.nextDouble();
        if (dice < 0.42) {
            return first;
        }
        if (dice < 0.45) {
            return first + "-" + surname(random);
        }
        if (dice < 0.48) {
            return first.charAt(0) + ".";
        }
        return first + " " + surname(random);
    }

    /** A word that is no name, or not here. */
    String commonWord(Random random) {
        return pick(common, 2.5, random);
    }

    private String surname(Random random) {
        double dice = random.nextDouble();
        String name = dice < 0.05 ? pick(world, 1, random) : dice < 0.18 ? invented(random) : pick(surnames, 3, random);
        String particle = switch (random.nextInt(30)) {
            case 0 -> "de la ";
            case 1 -> "De ";
            case 2 -> "del ";
            default -> "";
        };
        return particle + capital(name);
    }

    private String invented(Random random) {
        String head = pick(surnames, 1.5, random);
        String tail = pick(surnames, 1.5, random);
        return head.substring(0, (head.length() + 1) / 2) + tail.substring(tail.length() / 2);
    }

    /** The higher the exponent, the more the head of the list. */
    private static String pick(List<String> list, double exponent, Random random) {
        return list.get((int) (list.size() * Math.pow(random.nextDouble(), exponent)));
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static List<String> read(String name) {
        var in = Objects.requireNonNull(NameLexicon.class.getResourceAsStream(name), name);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
