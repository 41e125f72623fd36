package dev.clinickpi.example.cli;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcAuditStore;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.jdbc.JdbcPublicationStore;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.h2.jdbcx.JdbcConnectionPool;

/** An event log that outlives the command, with what has been released of it and who read it: an H2 database in a file. */
final class LogFile implements Closeable {

    private final JdbcConnectionPool database;

    private LogFile(JdbcConnectionPool database) {
        this.database = database;
    }

    /** Whether there is one. H2 puts its own ending behind the name. */
    static boolean exists(Path log) {
        return Files.exists(log.resolveSibling(log.getFileName() + ".mv.db"));
    }

    /** Whether H2 can be told of that place: a semicolon would be the end of it, and the beginning of a setting. */
    static boolean canBeNamed(Path log) {
        return log.getFileName() != null && log.toAbsolutePath().toString().indexOf(';') < 0;
    }

    /** Opens the log, which is made when it is not there. */
    static LogFile open(Path log) {
        return new LogFile(JdbcConnectionPool.create("jdbc:h2:" + log.toAbsolutePath() + ";WRITE_DELAY=0", "sa", ""));
    }

    /** The log, its tables made or brought up to date. */
    EventLog events() {
        ClinicKpiSchema.standard().migrate(database);
        return JdbcEventLog.open(database);
    }

    /** What has been released of the log's clinics, kept beside it. */
    PublicationStore released() {
        return JdbcPublicationStore.open(database);
    }

    /** Who read the log or added to it, kept beside it, and when that really was: a question may be asked as of another moment. */
    AuditLog audit(Clock clock) {
        AuditLog kept = JdbcAuditStore.open(database);
        return record -> kept.write(new AuditRecord(
                clock.instant(), record.principal(), record.role(), record.action(), record.clinic(), record.detail()));
    }

    @Override
    public void close() {
        database.dispose();
    }
}
