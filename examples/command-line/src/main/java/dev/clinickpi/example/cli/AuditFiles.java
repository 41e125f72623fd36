package dev.clinickpi.example.cli;

import dev.clinickpi.privacy.audit.SignedTreeHead;
import dev.clinickpi.privacy.audit.VerificationKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The files that commands of an audit log are given beside it. */
final class AuditFiles {

    private AuditFiles() {}

    /** @throws ParameterException if the file that {@code --key} names holds no public key */
    static VerificationKey key(Path file, CommandLine command) throws IOException {
        try {
            return VerificationKey.parse(text(file));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--key: " + e.getMessage());
        }
    }

    /** @throws ParameterException if the file that {@code --head} names does not end with a head that the key signed */
    static SignedTreeHead head(Path file, VerificationKey key, CommandLine command) throws IOException {
        SignedTreeHead read;
        try {
            read = SignedTreeHead.parse(lastLine(file));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command, "--head: the last line is no head of an audit log: " + e.getMessage());
        }
        if (!read.isSignedBy(key)) {
            throw new ParameterException(
                    command, "--head: the head is not signed by the key, so nothing can be held against it");
        }
        return read;
    }

    /** Keys are ASCII; what else a file holds is not looked at. */
    static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** A head is ASCII, too. */
    private static String lastLine(Path file) throws IOException {
        String last = "";
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        return last;
    }
}
