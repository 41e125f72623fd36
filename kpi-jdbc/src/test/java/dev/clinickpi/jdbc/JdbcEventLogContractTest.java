package dev.clinickpi.jdbc;

import dev.clinickpi.event.EventLog;
import dev.clinickpi.testkit.EventLogContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** On H2, in a file, as a host would embed it. */
class JdbcEventLogContractTest implements EventLogContract {

    @TempDir
    Path folder;

    private final List<JdbcConnectionPool> pools = new ArrayList<>();

    @Override
    public EventLog newLog() {
        return open();
    }

    @Override
    public EventLog reopen(EventLog log) {
        return open();
    }

    private EventLog open() {
        JdbcConnectionPool pool = H2.pool(folder.resolve("log"));
        pools.add(pool);
        return JdbcEventLog.open(pool);
    }

    @AfterEach
    void closePools() {
        pools.forEach(JdbcConnectionPool::dispose);
        pools.clear();
    }
}
