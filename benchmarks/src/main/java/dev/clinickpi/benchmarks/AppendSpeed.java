package dev.clinickpi.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcEventLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How fast {@link JdbcEventLog} appends, against a bare JDBC batch of the same rows into a table that has the key and the indexes to find them by again, and
 * nothing else: no positions, no outcomes. Both take the same batches in turn, each batch and its commit once.
 *
 * <pre>{@code
 * java -cp target/benchmarks.jar dev.clinickpi.benchmarks.AppendSpeed                             # H2, in a file
 * java -cp target/benchmarks.jar dev.clinickpi.benchmarks.AppendSpeed 'jdbc:postgresql://localhost/bench?user=bench&password=bench'
 * }</pre>
 *
 * <p>The database must be one that the library's schema and a table {@code bare_fact} may be made in.
 */
public final class AppendSpeed {

    private static final int[] BATCHES = {1, 10, 100, 1_000};
    private static final int MOST_BATCHES = 500;
    private static final int WARM_UP = 200;
    private static final List<EntityKey.Kind> ENTITIES = List.of(EntityKey.Kind.values());
    private static final int FIRST_ENTITY = 4;

    private final Connection bare;
    private final EventLog log;
    private final PrintStream out;
    private long nanosOfBare;
    private long nanosOfLog;

    private AppendSpeed(Connection bare, EventLog log, PrintStream out) {
        this.bare = bare;
        this.log = log;
        this.out = out;
    }

    /** Measures and prints a table. */
    public static void main(String[] arguments) throws IOException, SQLException {
        List<Fact> facts = facts();
        if (arguments.length > 0) {
            run(arguments[0], facts, System.out);
        } else {
            runOnH2(Files.createTempDirectory("clinic-kpi"), facts, System.out);
        }
    }

    /** The facts of one clinic after those of another. */
    static List<Fact> facts() {
        List<Fact> facts = Workload.of(MadeLog.Order.SHUFFLED_WITHIN_A_DAY).admitted(new UnkeyedGate());
        Map<ClinicId, List<Fact>> byClinic = facts.stream()
                .distinct()
                .collect(Collectors.groupingBy(Fact::clinic, LinkedHashMap::new, Collectors.toList()));
        return byClinic.values().stream().flatMap(List::stream).toList();
    }

    /** With a database in a folder, which is left empty. */
    static void runOnH2(Path folder, List<Fact> facts, PrintStream out) throws IOException, SQLException {
        try {
            run("jdbc:h2:" + folder.resolve("append") + ";WRITE_DELAY=0", facts, out);
        } finally {
            Files.deleteIfExists(folder.resolve("append.mv.db"));
        }
    }

    private static void run(String url, List<Fact> facts, PrintStream out) throws SQLException {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(url);
            ClinicKpiSchema.standard().migrate(database);
            try (Connection bare = database.getConnection()) {
                new AppendSpeed(bare, JdbcEventLog.open(database), out).measure(facts);
            }
        }
    }

    /** Each size of batch takes facts of its own: an equal part, but no more than some hundred batches of it. */
    private void measure(List<Fact> facts) throws SQLException {
        createBare();
        out.printf("| facts in a batch | the log, facts/s | bare batches, facts/s | ratio |%n|--:|--:|--:|--:|%n");
        int part = facts.size() / (BATCHES.length + 1);
        append(facts.subList(0, part), WARM_UP);
        for (int i = 0; i < BATCHES.length; i++) {
            nanosOfBare = 0;
            nanosOfLog = 0;
            int from = part * (i + 1);
            int count = append(facts.subList(from, from + Math.min(part, BATCHES[i] * MOST_BATCHES)), BATCHES[i]);
            out.printf(
                    Locale.ROOT,
                    "| %,d | %,.0f | %,.0f | %.2f |%n",
                    BATCHES[i],
                    count * 1e9 / nanosOfLog,
                    count * 1e9 / nanosOfBare,
                    (double) nanosOfBare / nanosOfLog);
        }
    }

    private void createBare() throws SQLException {
        String bytes = bare.getMetaData().getDatabaseProductName().equals("H2") ? "VARBINARY(65536)" : "BYTEA";
        try (Statement statement = bare.createStatement()) {
            statement.execute("CREATE TABLE bare_fact (clinic VARCHAR(64) NOT NULL, event_id BIGINT NOT NULL,"
                    + " at BIGINT NOT NULL, conversation BIGINT, appointment BIGINT, patient BIGINT, content " + bytes
                    + " NOT NULL, PRIMARY KEY (clinic, event_id))");
            for (EntityKey.Kind entity : ENTITIES) {
                statement.execute("CREATE INDEX bare_fact_" + entity + " ON bare_fact (clinic, " + entity + ")");
            }
        }
        bare.setAutoCommit(false);
    }

    private int append(List<Fact> facts, int size) throws SQLException {
        int count = 0;
        for (int from = 0; from + size <= facts.size(); from += size) {
            List<Fact> batch = facts.subList(from, from + size);
            long start = System.nanoTime();
            log.append(batch);
            long between = System.nanoTime();
            appendBare(batch);
            nanosOfLog += between - start;
            nanosOfBare += System.nanoTime() - between;
            count += size;
        }
        return count;
    }

    private void appendBare(List<Fact> facts) throws SQLException {
        try (PreparedStatement insert = bare.prepareStatement(
                "INSERT INTO bare_fact"
                        + " (clinic, event_id, at, conversation, appointment, patient, content) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Fact fact : facts) {
                insert.setString(1, fact.clinic().value());
                insert.setLong(2, fact.id());
                insert.setLong(3, fact.at());
                for (int i = 0; i < ENTITIES.size(); i++) {
                    insert.setNull(FIRST_ENTITY + i, Types.BIGINT);
                }
                for (EntityKey entity : fact.entities()) {
                    insert.setLong(FIRST_ENTITY + ENTITIES.indexOf(entity.kind()), entity.id());
                }
                insert.setBytes(FIRST_ENTITY + ENTITIES.size(), FactCodec.encode(fact));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        bare.commit();
    }
}
