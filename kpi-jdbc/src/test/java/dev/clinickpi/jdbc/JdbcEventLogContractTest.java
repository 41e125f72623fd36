package dev.clinickpi.jdbc;

import dev.clinickpi.event.EventLog;
import dev.clinickpi.testkit.EventLogContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcEventLogContractTest implements EventLogContract {

    @Parameter
    private DatabaseKind kind;

    private final List<TestDatabase> databases = new ArrayList<>();

    @Override
    public EventLog newLog() {
        TestDatabase database = TestDatabase.migrated(kind);
        databases.add(database);
        return JdbcEventLog.open(database.pool());
    }

    @Override
    public EventLog reopen(EventLog log) {
        return JdbcEventLog.open(databases.get(databases.size() - 1).newPool(4));
    }

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
        databases.clear();
    }
}
