package dev.clinickpi.jdbc;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The database did not do what a store asked of it, or holds what the store cannot read. Nothing was stored, unless the fault befell the commit itself:
 * asking again is safe, since an event counts once however often it is appended.
 */
public final class JdbcStoreException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** What is wrong, as far as a host may want to act on it. */
    public enum Fault {
        /** The database is down, or gives no connection. */
        UNREACHABLE(
                "the database cannot be reached", "see that it is up and that its address is right, and do it again"),
        /** It was waited for as long as was agreed. */
        TIMEOUT("the database took too long", "see what holds it up, and do it again"),
        /** It takes no writes: a stand-by, or set so. */
        READ_ONLY("the database is read-only", "connect to the one that takes writes, or let this one take them"),
        /** Its disk or quota is used up. */
        FULL("the database has no space left", "make room for it, and do it again"),
        /** The role that the data source connects as may not do it. */
        DENIED(
                "the database does not permit it to this role",
                "grant the role its rights as docs/database.md has them, or connect as another one"),
        /** The tables, or a record in them, are not those of this version of the library. */
        OTHER_VERSION(
                "the tables are not those of this version",
                "run the migrations as the owner of the schema: ClinicKpiSchema.migrate, or the scripts in the jar"),
        /** What is stored cannot be read. */
        DAMAGED("what is stored cannot be read", "update the library, or restore the table from a backup"),
        /** Something else: the cause says what. */
        OTHER("the database refused", "see to the database and do it again");

        private final String meaning;
        private final String remedy;

        Fault(String meaning, String remedy) {
            this.meaning = meaning;
            this.remedy = remedy;
        }
    }

    private JdbcStoreException(Fault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** What is wrong. */
    public Fault fault() {
        return fault;
    }

    /**
     * What became of a store's wish.
     *
     * @param store begins the message, such as "The event log"
     * @param what could not be done
     */
    static JdbcStoreException of(String store, String what, Throwable cause) {
        String begin = store + " could not " + what + ": ";
        if (!(cause instanceof SQLException sql)) {
            return new JdbcStoreException(Fault.OTHER, begin + cause.getMessage(), cause);
        }
        Fault fault = SqlFaults.of(sql);
        String state = sql.getSQLState() == null ? "" : " (SQL state " + sql.getSQLState() + ")";
        return new JdbcStoreException(fault, begin + fault.meaning + state + "; " + fault.remedy, cause);
    }

    static JdbcStoreException damaged(String store, String table, Throwable cause) {
        return new JdbcStoreException(
                Fault.DAMAGED,
                store + " holds what this version cannot read, in the table " + table + "; update the library, or"
                        + " restore the table from a backup",
                cause);
    }

    static JdbcStoreException laterRecord(String store, long number, Throwable cause) {
        return new JdbcStoreException(
                Fault.OTHER_VERSION,
                store + " has record " + number
                        + " in kpi_audit of an action or role that this version does not know; a later one wrote it, so"
                        + " update the library here, too",
                cause);
    }

    static JdbcStoreException otherVersion(String schema, int found, int expected) {
        String has = found == 0 ? "has no tables of the library" : "is at version " + found;
        String remedy = found > expected
                ? "update the library"
                : "run the migrations as its owner: ClinicKpiSchema.migrate, or the scripts V" + (found + 1)
                        + " and up from the jar";
        return new JdbcStoreException(
                Fault.OTHER_VERSION,
                "The schema " + schema + " " + has + ", this library expects version " + expected + "; " + remedy,
                null);
    }
}
