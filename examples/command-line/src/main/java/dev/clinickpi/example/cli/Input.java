package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.InvalidDirectoryException;
import dev.clinickpi.event.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The files that a command reads: reference data and events. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anything asks for them.
final class Input {

    private final Progress progress;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--clinics", required = true, paramLabel = "FILE", description = "The reference data, as JSON.")
    private Path clinics;

    @Option(
            names = "--events",
            arity = "1..*",
            paramLabel = "FILE",
            description = "The events, as NDJSON, plain or gzip; one file or several.")
    private List<Path> events = List.of();

    Input(Progress progress) {
        this.progress = progress;
    }

    /** Whether there are files of events. */
    boolean hasEvents() {
        return !events.isEmpty();
    }

    /** @throws ParameterException if one of the files is not there to be read */
    void check() {
        for (Path file : files()) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw wrong(file + ": there is no file there that can be read");
            }
        }
    }

    /** @throws ParameterException if what is to be written is one of the files that are read */
    void spare(Path output) throws IOException {
        for (Path file : files()) {
            if (Files.exists(output) && Files.isSameFile(output, file)) {
                throw wrong("--rejects must not be a file that is read");
            }
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>(events);
        files.add(clinics);
        return files;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** @throws InvalidDirectoryException if the reference data does not hold */
    ClinicDirectory directory() {
        return ClinicDirectory.read(clinics);
    }

    /** Hands over a reader of each file of events, in the order that they were named. */
    void forEachFile(FileConsumer consumer) throws IOException {
        progress.begin(bytes());
        try {
            for (int i = 0; i < events.size(); i++) {
                try (EventReader reader = EventReader.of(progress.watch(Files.newInputStream(events.get(i))))) {
                    consumer.accept(name(i), reader);
                }
            }
        } finally {
            progress.end();
        }
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path file : events) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** A file's name without the folders, which are nobody's business; with its place where others have the same. */
    private String name(int i) {
        String name = fileName(events.get(i));
        boolean isUnique =
                events.stream().filter(file -> fileName(file).equals(name)).count() == 1;
        return isUnique ? name : name + "#" + (i + 1);
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    /** Takes files one by one. */
    @FunctionalInterface
    interface FileConsumer {

        /**
         * A file.
         *
         * @param file its name, for those who are told of a line of it
         * @param events its events
         */
        void accept(String file, EventReader events) throws IOException;
    }
}
