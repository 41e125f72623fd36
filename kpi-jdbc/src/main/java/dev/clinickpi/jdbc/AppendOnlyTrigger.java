package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses to change or remove what an H2 database keeps as a record. H2 makes and calls it; nobody else has to. On PostgreSQL this is plain SQL. */
public final class AppendOnlyTrigger implements Trigger {

    /** The SQL state of PostgreSQL for what nobody may do. */
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Called by H2. */
    public AppendOnlyTrigger() {}

    /** Refuses. */
    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after) throws SQLException {
        throw new SQLException("The table is append-only: a change is refused", INSUFFICIENT_PRIVILEGE);
    }
}
