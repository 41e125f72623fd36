package dev.clinickpi.jdbc;

import dev.clinickpi.store.CellStore;
import dev.clinickpi.testkit.CellStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcCellStoreContractTest implements CellStoreContract {

    @Parameter
    private DatabaseKind kind;

    private final List<TestDatabase> databases = new ArrayList<>();

    @Override
    public CellStore newStore() {
        TestDatabase database = TestDatabase.migrated(kind);
        databases.add(database);
        return JdbcCellStore.open(database.pool());
    }

    @Override
    public CellStore reopen(CellStore store) {
        return JdbcCellStore.open(databases.get(databases.size() - 1).newPool(4));
    }

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
        databases.clear();
    }
}
