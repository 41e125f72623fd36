package dev.clinickpi.example.cli;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.jdbc.source.JdbcEventSource;
import dev.clinickpi.jdbc.source.QueryMapping;
import dev.clinickpi.jdbc.source.Watermarks;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads what is new in a host's own tables into a log that the other commands answer from. */
@Command(
        name = "import",
        description = {
            "Read the events of a database's own tables, all of them once and then what is new, into a log.",
            "docs/import.md says how a mapping is written."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class ImportCommand extends DatabaseCommand {

    @Option(names = "--mapping", required = true, paramLabel = "FILE", description = "The mapping, as JSON.")
    private Path mapping;

    @Option(names = "--clinics", required = true, paramLabel = "FILE", description = "The reference data, as JSON.")
    private Path clinics;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "FILE",
            description = "The log; it is made when it is not there.")
    private Path log;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The secret of the log's pseudonyms; it is made with the log. Keep it elsewhere.")
    private Path key;

    @Option(
            names = "--watermarks",
            paramLabel = "FILE",
            description = "How far the tables were read; beside the log, unless given.")
    private @Nullable Path watermarks;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write a line of JSON for each row refused.")
    private @Nullable Path rejects;

    @Option(names = "--strict", description = "End with status 3 when a row was refused.")
    private boolean strict;

    ImportCommand(Clock clock) {
        super(clock);
    }

    @Override
    public Integer call() throws IOException {
        check();
        ClinicDirectory directory = ClinicDirectory.read(clinics);
        List<QueryMapping> mappings = QueryMapping.read(mapping);
        Path kept = watermarks == null ? log.resolveSibling(log.getFileName() + ".watermarks.json") : watermarks;
        if (!LogFile.exists(log) && Files.exists(kept)) {
            throw wrong(kept + " says how far another log was filled; remove it, or give that log");
        }
        Watermarks from = Watermarks.read(kept);
        KeyProvider keys = keys();
        try (Rejections rejections = Rejections.to(rejects);
                JdbcEventSource source = source(mappings, from, kept);
                LogFile file = LogFile.open(log);
                KpiEngine engine = engine(directory, file, keys)) {
            RecordResult result =
                    engine.record(Principal.superAdmin("command-line"), source, refused -> rejections.add("", refused));
            print(result, rejections);
            return ExitCode.of(rejections, strict);
        }
    }

    private void check() {
        for (Path file : List.of(mapping, clinics)) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw wrong(file + ": there is no file there that can be read");
            }
        }
        if (!LogFile.canBeNamed(log)) {
            throw wrong("--log must be the name of a file, without a semicolon anywhere in its path");
        }
        login.check();
    }

    private KeyProvider keys() throws IOException {
        if (!Files.exists(key)) {
            if (LogFile.exists(log)) {
                throw wrong("--key: there is no such file, and under another key everything would be counted twice;"
                        + " give the key that was made with the log");
            }
            KeyFile.create(key);
        }
        return KeyFile.read(key)
                .orElseThrow(() -> wrong("--key must be a file that import made: 64 hexadecimal digits"));
    }

    private JdbcEventSource source(List<QueryMapping> mappings, Watermarks from, Path kept) {
        return JdbcEventSource.of(login.database(), mappings)
                .clock(clock)
                .from(from)
                .whenStored(moved -> moved.write(kept))
                .open();
    }

    private KpiEngine engine(ClinicDirectory directory, LogFile file, KeyProvider keys) {
        return KpiEngine.builder()
                .directory(directory)
                .events(file.events())
                .privacy(StandardPrivacy.with(keys, StandardPrivacy.LEAST_GROUP, file.released()))
                .audit(file.audit(clock))
                .clock(clock)
                .build();
    }

    private void print(RecordResult result, Rejections rejections) {
        PrintWriter out = command.commandLine().getOut();
        out.println("events stored     " + result.accepted());
        out.println("stored before     " + result.duplicates());
        out.println("conflicts         " + result.conflicts());
        out.println("rows refused      " + rejections.count());
        rejections.details().forEach(detail -> out.println("  " + detail));
        out.flush();
    }
}
