package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.jdbc.JdbcStoreException.Fault;
import dev.clinickpi.testkit.Threads;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ClinicKpiSchemaTest {

    private static final ClinicKpiSchema STANDARD = ClinicKpiSchema.standard();

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.empty(kind);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theScriptsEndAtTheVersionThatStoresExpect() throws Exception {
        assertThat(scripts()).hasSize(ClinicKpiSchema.VERSION);

        STANDARD.migrate(database.pool());

        assertThat(database.query("SELECT version FROM clinic_kpi.kpi_schema"))
                .containsExactly(Integer.toString(ClinicKpiSchema.VERSION));
        STANDARD.requireCurrent(database.pool());
    }

    @Test
    void migratingAgainChangesNothing() {
        STANDARD.migrate(database.pool());
        List<String> before = Catalogue.of(database, "clinic_kpi");

        STANDARD.migrate(database.pool());

        assertThat(Catalogue.of(database, "clinic_kpi")).isEqualTo(before);
    }

    /** A host that runs the plain scripts has the same tables, and may let Flyway go on from there. */
    @Test
    void thePlainScriptsMakeTheSame() throws Exception {
        TestDatabase migrated = TestDatabase.migrated(kind);
        try {
            runPlainScripts();

            STANDARD.requireCurrent(database.pool());
            assertThat(Catalogue.of(database, "clinic_kpi"))
                    .isNotEmpty()
                    .isEqualTo(Catalogue.of(migrated, "clinic_kpi").stream()
                            .filter(line -> !line.toLowerCase(Locale.ROOT).contains("clinic_kpi_migration"))
                            .toList());
            STANDARD.migrate(database.pool());
            assertThat(Catalogue.of(database, "clinic_kpi")).isEqualTo(Catalogue.of(migrated, "clinic_kpi"));
        } finally {
            migrated.close();
        }
    }

    /** The host's own migrations, in the schema that its connections start in, neither see ours nor are seen by them. */
    @Test
    void theHostsMigrationsAreItsOwn() throws IOException {
        if (kind == DatabaseKind.POSTGRESQL) {
            PostgresServer.administer(database.name(), "GRANT CREATE ON SCHEMA public TO " + PostgresServer.OWNER);
        }
        Path scripts = Files.createTempDirectory("host");
        Files.writeString(scripts.resolve("V1__visits.sql"), "CREATE TABLE visits (id INTEGER);");
        Flyway host = Flyway.configure()
                .dataSource(database.pool())
                .locations("filesystem:" + scripts)
                .load();
        host.migrate();
        STANDARD.migrate(database.pool());
        Files.writeString(scripts.resolve("V2__patients.sql"), "CREATE TABLE patients (id INTEGER);");

        assertThat(host.migrate().migrationsExecuted).isEqualTo(1);

        host.validate();
        STANDARD.requireCurrent(database.pool());
        database.sql("INSERT INTO patients (id) VALUES (1)");
    }

    /** Where the only connection of a pool has run the migrations, it is given back as it was. */
    @Test
    void theConnectionIsGivenBackAsItWas() {
        String where = kind == DatabaseKind.H2 ? "SELECT SCHEMA()" : "SELECT current_setting('search_path')";
        database.pool().setMaximumPoolSize(2);
        List<String> before = database.query(where);

        STANDARD.migrate(database.pool());

        for (int i = 0; i < 4; i++) {
            assertThat(database.query(where)).isEqualTo(before);
        }
    }

    @Test
    void severalSchemasLiveSideBySide() {
        ClinicKpiSchema other = new ClinicKpiSchema("kpi_trial");
        STANDARD.migrate(database.pool());
        other.migrate(database.pool());

        JdbcEventLog.open(database.pool(), other).append(List.of(Facts.csat(ClinicId.of("sol"), 1, 5)));

        assertThat(database.query("SELECT COUNT(*) FROM kpi_trial.kpi_fact")).containsExactly("1");
        assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_fact")).containsExactly("0");
    }

    /** Several processes of one host may start at once. */
    @Test
    void migrationsAtOnceRunOnce() throws Exception {
        Threads.atOnce(4, thread -> {
            STANDARD.migrate(database.newPool(2));
            return thread;
        });

        STANDARD.requireCurrent(database.pool());
    }

    @Test
    void aStoreIsNotOpenedOnADatabaseWithoutTheTables() {
        assertThatThrownBy(() -> JdbcEventLog.open(database.pool()))
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OTHER_VERSION))
                .hasMessage(
                        "The schema clinic_kpi has no tables of the library, this library expects version "
                                + ClinicKpiSchema.VERSION
                                + "; run the migrations as its owner: ClinicKpiSchema.migrate, or the scripts V1 and up from the jar");
    }

    @Test
    void aStoreIsNotOpenedOnTablesOfAnotherVersion() {
        STANDARD.migrate(database.pool());
        database.sql("UPDATE clinic_kpi.kpi_schema SET version = 1");
        assertThatThrownBy(() -> JdbcEventLog.open(database.pool()))
                .hasMessageContaining("is at version 1, this library expects version " + ClinicKpiSchema.VERSION)
                .hasMessageContaining("the scripts V2 and up");

        database.sql("UPDATE clinic_kpi.kpi_schema SET version = 1000");
        assertThatThrownBy(() -> JdbcEventLog.open(database.pool()))
                .hasMessageContaining("is at version 1000, this library expects version " + ClinicKpiSchema.VERSION)
                .hasMessageEndingWith("update the library");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Kpi", "1kpi", "k-p", "a b", "kpi;", "kpi\"", "k\u00e9"})
    void aNameThatWouldNeedQuotesIsRefused(String name) {
        assertThatThrownBy(() -> new ClinicKpiSchema(name)).isInstanceOf(IllegalArgumentException.class);
    }

    /** As docs/database.md has it. */
    private void runPlainScripts() throws Exception {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA clinic_kpi");
        statements.add(kind == DatabaseKind.H2 ? "SET SCHEMA clinic_kpi" : "SET LOCAL search_path TO clinic_kpi");
        for (Path script : scripts()) {
            statements.add(Files.readString(script));
        }
        database.sql(String.join(";\n", statements) + (kind == DatabaseKind.H2 ? "; SET SCHEMA PUBLIC" : ""));
    }

    private List<Path> scripts() throws IOException, URISyntaxException {
        Path folder = Path.of(ClinicKpiSchema.class
                .getResource(
                        "/dev/clinickpi/jdbc/" + kind.name().toLowerCase(Locale.ROOT) + "/V1__isolation_and_audit.sql")
                .toURI());
        try (Stream<Path> files = Files.list(folder.getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith("V"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }
}
