package dev.clinickpi.example.dashboard;

import dev.clinickpi.clinic.ClinicDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param port where it listens, on this machine alone; 0 for any that is free
 * @param clock the moment of every answer and the end of every session
 * @param directory the reference data
 * @param folder where the embedded database, the users and the clinics' keys lie
 * @param database the JDBC URL of the database; null for one embedded in the folder
 * @param databaseUser who logs in there; null where the URL says so
 * @param databasePassword its password; null where the URL says so
 * @param eventsToken what hosts show to send events; null where they cannot
 * @param knownPasswords whether every user's password is "demo", for a demonstration that nobody else can reach
 * @param sample the clinics that are made up; null where the events come from a host
 * @param tables the host's own tables that events are read from; null where there are none
 */
public record ServerSettings(
        int port,
        Clock clock,
        ClinicDirectory directory,
        Path folder,
        @Nullable String database,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        @Nullable String eventsToken,
        boolean knownPasswords,
        @Nullable Sample sample,
        @Nullable Tables tables) {

    /** Refuses nulls where something must be. */
    public ServerSettings {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(folder, "folder");
    }

    /** Without tables of a host's own. */
    public ServerSettings(
            int port,
            Clock clock,
            ClinicDirectory directory,
            Path folder,
            @Nullable String database,
            @Nullable String databaseUser,
            @Nullable String databasePassword,
            @Nullable String eventsToken,
            boolean knownPasswords,
            @Nullable Sample sample) {
        this(
                port,
                clock,
                directory,
                folder,
                database,
                databaseUser,
                databasePassword,
                eventsToken,
                knownPasswords,
                sample,
                null);
    }

    /**
     * How much is made up.
     *
     * @param days how many days of history, today included
     * @param eventsPerSecond how many live events a second, about, over all clinics; 0 for those alone that the story has at this hour
     */
    public record Sample(int days, double eventsPerSecond) {

        /** @throws IllegalArgumentException if either is out of its range */
        public Sample {
            if (days < 1 || days > 730) {
                throw new IllegalArgumentException("A made-up history has 1 to 730 days");
            }
            if (!(eventsPerSecond >= 0 && eventsPerSecond <= 1_000)) {
                throw new IllegalArgumentException("From 0 to 1,000 live events a second can be made up");
            }
        }
    }

    /**
     * The tables that a host has already ({@code docs/import.md}).
     *
     * @param url the JDBC URL of their database
     * @param user who logs in there; null where the URL says so
     * @param password its password; null where the URL says so
     * @param mapping what their rows mean
     * @param everySeconds how often it is looked for new ones
     */
    public record Tables(
            String url, @Nullable String user, @Nullable String password, Path mapping, int everySeconds) {

        /** @throws IllegalArgumentException if they would be read less than once a second or less than once a day */
        public Tables {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(mapping, "mapping");
            if (everySeconds < 1 || everySeconds > 86_400) {
                throw new IllegalArgumentException("Tables are read every 1 to 86,400 seconds");
            }
        }
    }

    /** The database's URL, of the embedded one too. */
    String url() {
        return database != null ? database : embedded("dashboard");
    }

    /** Where the audit log lies. Embedded it has a file of its own: H2 commits one transaction of a file after the other, and a question waits for its record. */
    String auditUrl() {
        return database != null ? database : embedded("audit");
    }

    /** It keeps what was committed, and is closed when the server is done with it. */
    private String embedded(String name) {
        return "jdbc:h2:" + folder.resolve(name).toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }
}
