package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A host that runs the scripts itself need not have Flyway. */
class WithoutFlywayTest {

    @Test
    void storesOpenAndMigrationsSayWhatIsMissing() throws Exception {
        try (TestDatabase database = TestDatabase.migrated(DatabaseKind.H2);
                URLClassLoader host = hostWithoutFlyway()) {
            Class<?> schema = host.loadClass(ClinicKpiSchema.class.getName());
            Class<?> log = host.loadClass(JdbcEventLog.class.getName());
            assertThat(schema).isNotSameAs(ClinicKpiSchema.class);

            assertThatCode(() -> log.getMethod("open", DataSource.class).invoke(null, database.pool()))
                    .doesNotThrowAnyException();
            Object standard = schema.getMethod("standard").invoke(null);
            assertThatThrownBy(
                            () -> schema.getMethod("migrate", DataSource.class).invoke(standard, database.pool()))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("org.flywaydb:flyway-core");
        }
    }

    private static URLClassLoader hostWithoutFlyway() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("flyway")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
