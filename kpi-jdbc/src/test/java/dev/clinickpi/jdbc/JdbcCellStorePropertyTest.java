package dev.clinickpi.jdbc;

import dev.clinickpi.store.CellStore;
import dev.clinickpi.testkit.CellStoreProperties;
import java.util.List;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.AfterProperty;

/** On one database each, emptied for each try: to make one takes longer than a try. */
class JdbcCellStorePropertyTest {

    @Group
    class OnH2 extends OnDatabase {
        OnH2() {
            super(DatabaseKind.H2);
        }
    }

    @Group
    class OnPostgreSql extends OnDatabase {
        OnPostgreSql() {
            super(DatabaseKind.POSTGRESQL);
        }
    }

    abstract static class OnDatabase implements CellStoreProperties {

        private final TestDatabase database;

        OnDatabase(DatabaseKind kind) {
            database = TestDatabase.migrated(kind);
        }

        @Override
        public CellStore newStore() {
            for (String table : List.of("kpi_shard", "kpi_checkpoint", "kpi_day", "kpi_entity")) {
                database.sql("DELETE FROM clinic_kpi." + table);
            }
            database.sql("UPDATE clinic_kpi.kpi_sharding SET shards = 0");
            return JdbcCellStore.open(database.pool());
        }

        @AfterProperty
        void drop() {
            database.close();
        }
    }
}
