package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every field that is kept is in the register with its purpose and its retention, and nothing else is: a field that is added to a fact, a state, a cell, a table
 * fails here until {@link DataRegister} says why it is kept and for how long.
 */
class DataRegisterTest {

    private static final Path PAGE = Path.of("..", "docs", "data-register.md");
    private static final String BEGIN = "<!-- register -->\n\n";
    private static final String END = "<!-- /register -->";

    private static final String ADD =
            "fields that DataRegister says nothing of, or that are gone; put it right and write"
                    + " docs/data-register.md by mvn test -pl kpi-jdbc -am -Dtest=DataRegisterTest -Dregister.write"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";

    @TempDir
    private Path folder;

    @Test
    void everyFieldIsRegistered() throws ClassNotFoundException, IOException {
        assertThat(DataRegister.DROPPED.names()).as(ADD).isEqualTo(StoredFields.dropped());
        assertThat(DataRegister.FACTS.names()).as(ADD).isEqualTo(StoredFields.ofFacts());
        assertThat(DataRegister.ENTITIES.names()).as(ADD).isEqualTo(StoredFields.ofEntities());
        assertThat(DataRegister.CELLS.names()).as(ADD).isEqualTo(StoredFields.ofCells());
        assertThat(DataRegister.RELEASES.names()).as(ADD).isEqualTo(StoredFields.ofReleases());
        assertThat(DataRegister.AUDIT.names()).as(ADD).isEqualTo(StoredFields.ofAuditRecords());
        assertThat(DataRegister.KEYS.names()).as(ADD).isEqualTo(StoredFields.ofKeyFile(folder));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void everyColumnIsRegistered(DatabaseKind kind) throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            assertThat(DataRegister.TABLES.names()).as(ADD).isEqualTo(StoredFields.ofTables(database));
        }
    }

    @Test
    void thePageIsTheRegister() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("the markers of the register").isGreaterThanOrEqualTo(start);
        if (System.getProperty("register.write") != null) {
            Files.writeString(PAGE, page.substring(0, start) + DataRegister.page() + page.substring(end));
        } else {
            assertThat(page.substring(start, end)).as(ADD).isEqualTo(DataRegister.page());
        }
    }
}
