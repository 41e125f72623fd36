package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.sector.BenchmarkStore;
import dev.clinickpi.testkit.BenchmarkStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Not even by who owns the tables. */
    @ParameterizedTest
    @ValueSource(strings = {"UPDATE clinic_kpi.kpi_benchmark SET month_no = 1", "DELETE FROM clinic_kpi.kpi_benchmark"})
    void whatIsThereIsNotChanged(String change) {
        BenchmarkStore store = newStore();
        store.add("dental", MARCH, new byte[] {1});
        assertThatThrownBy(() -> databases.get(0).sql(change)).hasMessageContaining("append-only");
        assertThat(store.load("dental", MARCH)).isPresent();
    }

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
        databases.clear();
    }
}
