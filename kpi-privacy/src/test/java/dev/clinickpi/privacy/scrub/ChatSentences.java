package dev.clinickpi.privacy.scrub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages made of templates: each slot, such as {@code {dia}}, is filled with something of its kind, and three kinds are names. */
final class ChatSentences {

    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    /** Hands out the names that fill the slots n (given name), s (surnames) and f (both). */
    interface Names {
        String of(char slot, Random random);
    }

    private final Map<String, String[]> fillers = new HashMap<>();
    private final Names names;

    ChatSentences(List<String> fillerLines, Names names) {
        for (String line : fillerLines) {
            String[] parts = line.split(": ", 2);
            fillers.put(parts[0], parts[1].split("\\|"));
        }
        this.names = names;
    }

    /** The lines of a file that are neither empty nor a comment. */
    static List<String> lines(BufferedReader file) {
        try (file) {
            return file.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a template has a slot for a name. */
    static boolean hasName(String template) {
        return template.contains("{n}") || template.contains("{s}") || template.contains("{f}");
    }

    LabelledText fill(String template, Random random) {
        LabelledText.Writer writer = new LabelledText.Writer();
        Matcher slot = SLOT.matcher(template);
        int from = 0;
        while (slot.find()) {
            writer.plain(template.substring(from, slot.start()));
            String kind = slot.group(1);
            if (kind.length() == 1) {
                writer.name(names.of(kind.charAt(0), random));
            } else {
                String[] choices = fillers.get(kind);
                writer.plain(choices[random.nextInt(choices.length)]);
            }
            from = slot.end();
        }
        return writer.plain(template.substring(from)).done();
    }
}
