package dev.clinickpi.jdbc;

import dev.clinickpi.sector.BenchmarkStore;
import dev.clinickpi.testkit.BenchmarkStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcBenchmarkStoreTest implements BenchmarkStoreContract {

    @Parameter
    private DatabaseKind kind;

    private final List<TestDatabase> databases = new ArrayList<>();

    @Override
    public BenchmarkStore newStore() {
        TestDatabase database = TestDatabase.migrated(kind);
        databases.add(database);
        return JdbcBenchmarkStore.open(database.pool());
    }

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
        databases.clear();
    }
}
