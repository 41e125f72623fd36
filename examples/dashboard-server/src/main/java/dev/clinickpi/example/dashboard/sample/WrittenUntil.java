package dev.clinickpi.example.dashboard.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Until when the story of each clinic is in the event log: what is there already need not be told again at the next start. */
final class WrittenUntil {

    private final DataSource database;

    private WrittenUntil(DataSource database) {
        this.database = database;
    }

    static WrittenUntil in(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS dashboard_sample"
                    + " (clinic VARCHAR(64) PRIMARY KEY, written_until BIGINT NOT NULL)");
        }
        return new WrittenUntil(database);
    }

    /** By the clinic's id; a clinic whose history was never whole is not in it. */
    Map<String, Instant> load() throws SQLException {
        Map<String, Instant> found = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT clinic, written_until FROM dashboard_sample")) {
            while (rows.next()) {
                found.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
            }
        }
        return found;
    }

    void save(String clinic, Instant until) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE dashboard_sample SET written_until = ? WHERE clinic = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO dashboard_sample (written_until, clinic) VALUES (?, ?)")) {
            update.setLong(1, until.toEpochMilli());
            update.setString(2, clinic);
            if (update.executeUpdate() == 0) {
                insert.setLong(1, until.toEpochMilli());
                insert.setString(2, clinic);
                insert.executeUpdate();
            }
        }
    }
}
