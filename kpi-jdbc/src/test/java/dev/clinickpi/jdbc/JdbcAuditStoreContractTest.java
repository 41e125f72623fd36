package dev.clinickpi.jdbc;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.testkit.AuditStoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcAuditStoreContractTest implements AuditStoreContract {

    @Parameter
    private DatabaseKind kind;

    private final List<TestDatabase> databases = new ArrayList<>();

    @Override
    public AuditStore newAuditLog() {
        TestDatabase database = TestDatabase.migrated(kind);
        databases.add(database);
        return JdbcAuditStore.open(database.pool());
    }

    @Override
    public Optional<AuditLog> newRefusingAuditLog() {
        AuditLog log = newAuditLog();
        databases
                .get(databases.size() - 1)
                .sql("ALTER TABLE clinic_kpi.kpi_audit ADD CONSTRAINT takes_none CHECK (1 = 0)");
        return Optional.of(log);
    }

    @Override
    public AuditLog reopen(AuditLog log) {
        return JdbcAuditStore.open(databases.get(databases.size() - 1).newPool(2));
    }

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
        databases.clear();
    }
}
