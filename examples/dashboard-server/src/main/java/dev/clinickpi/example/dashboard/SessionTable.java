package dev.clinickpi.example.dashboard;

import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The sessions in the database: a table of the host's own, beside those of the library. */
final class SessionTable {

    private static final String CREATE = "CREATE TABLE IF NOT EXISTS dashboard_session (id VARCHAR(64) PRIMARY KEY,"
            + " user_name VARCHAR(100) NOT NULL, expires BIGINT NOT NULL,"
            + " service_reason VARCHAR(600), service_clinics VARCHAR(10000), service_expires VARCHAR(40))";

    private final DataSource database;

    private SessionTable(DataSource database) {
        this.database = database;
    }

    /** The table of a database, made when there is none. */
    static SessionTable in(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
            return new SessionTable(database);
        } catch (SQLException e) {
            throw new HostTableException(e);
        }
    }

    void save(Session session, Instant now) {
        Principal opened = session.serviceRole(now);
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE dashboard_session SET expires = ?, service_reason = ?,"
                                + " service_clinics = ?, service_expires = ? WHERE id = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO dashboard_session (expires, service_reason, service_clinics, service_expires, id,"
                                + " user_name) VALUES (?, ?, ?, ?, ?, ?)")) {
            fill(update, session, opened);
            if (update.executeUpdate() == 0) {
                fill(insert, session, opened);
                insert.setString(6, session.account().user());
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new HostTableException(e);
        }
    }

    private static void fill(PreparedStatement statement, Session session, @Nullable Principal opened)
            throws SQLException {
        statement.setLong(1, session.expires().toEpochMilli());
        statement.setString(2, opened == null ? null : opened.reason());
        statement.setString(
                3,
                opened == null
                        ? null
                        : opened.clinics().stream().map(ClinicId::value).collect(Collectors.joining("\n")));
        statement.setString(4, opened == null ? null : String.valueOf(opened.expiry()));
        statement.setString(5, session.id());
    }

    /** A session that has not expired, of a user that there still is. */
    Optional<Session> load(String id, String csrf, Accounts accounts, Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT user_name, expires, service_reason, service_clinics, service_expires"
                                + " FROM dashboard_session WHERE id = ? AND expires > ?")) {
            query.setString(1, id);
            query.setLong(2, now.toEpochMilli());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Instant expires = Instant.ofEpochMilli(row.getLong(2));
                Principal opened = serviceRole(row, row.getString(1));
                return accounts.find(row.getString(1)).map(account -> new Session(id, csrf, account, expires, opened));
            }
        } catch (SQLException e) {
            throw new HostTableException(e);
        }
    }

    /** The audit log says whether it stands: what is kept here names it and gives nothing. */
    private static @Nullable Principal serviceRole(ResultSet row, String user) throws SQLException {
        String reason = row.getString(3);
        if (reason == null) {
            return null;
        }
        Set<ClinicId> clinics =
                Arrays.stream(row.getString(4).split("\n")).map(ClinicId::of).collect(Collectors.toSet());
        return Principal.serviceRole(user, reason, clinics, Instant.parse(row.getString(5)));
    }

    void delete(String id) {
        execute("DELETE FROM dashboard_session WHERE id = ?", statement -> statement.setString(1, id));
    }

    void deleteExpired(Instant now) {
        execute(
                "DELETE FROM dashboard_session WHERE expires <= ?",
                statement -> statement.setLong(1, now.toEpochMilli()));
    }

    private void execute(String sql, Filling filling) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            filling.fill(statement);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new HostTableException(e);
        }
    }

    @FunctionalInterface
    private interface Filling {
        void fill(PreparedStatement statement) throws SQLException;
    }
}
