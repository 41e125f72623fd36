package dev.clinickpi.jdbc;

import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.testkit.PublicationStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcPublicationStoreTest implements PublicationStoreContract {

    @Parameter
    private DatabaseKind kind;

    private final List<TestDatabase> databases = new ArrayList<>();

    @Override
    public PublicationStore newStore() {
        TestDatabase database = TestDatabase.migrated(kind);
        databases.add(database);
        return JdbcPublicationStore.open(database.pool());
    }

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
        databases.clear();
    }
}
