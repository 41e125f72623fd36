package dev.clinickpi.privacy.scrub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of a corpus in the format of the annotation tool brat: pairs of a {@code .txt} and an {@code .ann} file. */
final class BratCorpus {

    private static final Pattern NAME_IN_RELATIVE =
            Pattern.compile("\\p{Lu}\\p{Ll}+( (de |la |del )?\\p{Lu}\\p{Ll}+)*");

    private BratCorpus() {}

    /** All documents of a folder, by the names of their files. */
    static List<LabelledText> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".ann"))
                    .sorted()
                    .toList();
        }
        List<LabelledText> documents = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            String text = Files.readString(file.resolveSibling(name.substring(0, name.length() - 4) + ".txt"));
            documents.add(new LabelledText(text, names(text, Files.readAllLines(file))));
        }
        return documents;
    }

    private static List<int[]> names(String text, List<String> annotations) {
        List<int[]> names = new ArrayList<>();
        for (String annotation : annotations) {
            String[] parts = annotation.split("[\t ]");
            if (parts.length < 4 || !parts[0].startsWith("T")) {
                continue;
            }
            int start = text.offsetByCodePoints(0, Integer.parseInt(parts[2]));
            int end = text.offsetByCodePoints(0, Integer.parseInt(parts[3].split(";")[0]));
            if (parts[1].startsWith("NOMBRE_")) {
                names.add(new int[] {start, end});
            } else if (parts[1].startsWith("FAMILIARES_")) {
                addRelatives(text.substring(start, end), start, names);
            }
        }
        names.sort(Comparator.comparingInt(name -> name[0]));
        return names;
    }

    /** An annotated relative is "madre" or "madre Teresa Rodriguez": a name is what has capitals behind a word without. */
    private static void addRelatives(String relative, int shift, List<int[]> names) {
        Matcher name = NAME_IN_RELATIVE.matcher(relative);
        while (name.find()) {
            if (name.start() > 0 || relative.equals("Juan")) {
                names.add(new int[] {shift + name.start(), shift + name.end()});
            }
        }
    }
}
