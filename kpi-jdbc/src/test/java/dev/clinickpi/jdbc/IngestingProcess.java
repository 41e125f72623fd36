package dev.clinickpi.jdbc;

import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.testkit.ExactEngine;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that takes deliveries in until somebody kills it: it prints the place that it has come to after each batch that the engine says it has stored.
 *
 * <p>Arguments: the URL, user and password of a database with the library's schema; the seed and the number of the deliveries; the place to begin at, and one
 * that it goes no further than.
 */
final class IngestingProcess {

    private static final int BATCH = 150;

    private IngestingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Deliveries deliveries = Deliveries.of(Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]));
        int place = Integer.parseInt(arguments[5]);
        DataSource database = database(arguments[0], arguments[1], arguments[2]);
        ExactEngine engine =
                Deliveries.engine(JdbcEventLog.open(database), JdbcCellStore.open(database), deliveries.timeAt(place));
        int last = Math.min(deliveries.size(), Integer.parseInt(arguments[6]));
        while (place < last) {
            engine.setClock(deliveries.timeAt(place));
            recordUntilTaken(engine, deliveries.between(place, place + BATCH));
            place = Math.min(place + BATCH, deliveries.size());
            System.out.println(place);
        }
        Thread.sleep(Duration.ofHours(1).toMillis());
    }

    /** As a host does: where the process was stopped in the middle of an append the database has ended that transaction, and says so. */
    private static void recordUntilTaken(ExactEngine engine, List<KpiEvent> events) throws InterruptedException {
        long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            try {
                engine.record(events);
                return;
            } catch (JdbcStoreException e) {
                if (System.nanoTime() > patience) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static DataSource database(String url, String user, String password) {
        if (url.startsWith("jdbc:h2:")) {
            return JdbcConnectionPool.create(url, user, password);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        return database;
    }
}
