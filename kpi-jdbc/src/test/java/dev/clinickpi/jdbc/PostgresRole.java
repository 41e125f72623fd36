package dev.clinickpi.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The roles of {@code roles.sql}, under names of the tests' own. They may log in. */
enum PostgresRole {
    OWNER,
    APPLICATION,
    WRITER,
    SERVICE,
    BI;

    /** What the server calls it. */
    String role() {
        return "kpi_test_" + name().toLowerCase(Locale.ROOT);
    }

    /** Makes them, and grants what they may do in a database, as its administrator would. */
    static void grant(String database) {
        String names = Arrays.stream(values())
                .map(role -> '"' + role.name().toLowerCase(Locale.ROOT) + "\": \"" + role.role() + '"')
                .collect(Collectors.joining(", ", "{", "}"));
        String logins = Arrays.stream(values())
                .map(role -> "ALTER ROLE " + role.role() + " LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'")
                .collect(Collectors.joining(";"));
        PostgresServer.administer(
                database, "SET clinic_kpi.names = '" + names + "';" + script("roles.sql") + ";" + logins);
    }

    private static String script(String name) {
        try (InputStream in = ClinicKpiSchema.class.getResourceAsStream("postgresql/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
