package dev.clinickpi.example.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What a run of the command left behind. */
record CommandRun(int status, String out, String err) {

    /** When it was. */
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    static CommandRun of(Object... arguments) {
        return reading(InputStream.nullInputStream(), OutputStream.nullOutputStream(), arguments);
    }

    /** A run that reads a stream and writes bytes to another; {@code out} is the text beside them. */
    static CommandRun reading(InputStream in, OutputStream bytes, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int status = ClinicKpi.commandLine(
                        in,
                        bytes,
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        false,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .execute(words);
        return new CommandRun(status, out.toString(), err.toString());
    }

    /** Writes a stream to a file, and closes it. */
    static Path write(InputStream content, Path file) {
        try (content) {
            Files.copy(content, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
