package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clinickpi.clinic.ClinicId;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was committed must outlive a kill. */
class OpenChecksTest {

    @TempDir
    Path folder;

    @Test
    void aFileThatWritesLateIsRefused() {
        JdbcConnectionPool late = migrated("jdbc:h2:" + folder.resolve("late"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcEventLog.open(late))
                .withMessageContaining(";WRITE_DELAY=0");
        late.dispose();
    }

    @Test
    void oneThatWritesAtOnceIsNot() {
        JdbcConnectionPool prompt = migrated("jdbc:h2:" + folder.resolve("prompt") + ";WRITE_DELAY=0");

        assertThat(JdbcEventLog.open(prompt).ends()).isEmpty();
        prompt.dispose();
    }

    /** It ends with its process, whatever its delay. */
    @Test
    void oneInMemoryHasNothingToLose() {
        JdbcConnectionPool memory = migrated("jdbc:h2:mem:checks;DB_CLOSE_DELAY=-1");
        JdbcEventLog log = JdbcEventLog.open(memory);
        log.append(List.of(Facts.csat(ClinicId.of("sol"), 1, 5)));

        assertThat(log.ends()).hasSize(1);
        memory.dispose();
    }

    private static JdbcConnectionPool migrated(String url) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        ClinicKpiSchema.standard().migrate(pool);
        return pool;
    }
}
