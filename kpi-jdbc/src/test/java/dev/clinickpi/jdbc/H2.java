package dev.clinickpi.jdbc;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;

/** Embedded databases for tests. */
final class H2 {

    private H2() {}

    static JdbcConnectionPool pool(Path file) {
        return JdbcConnectionPool.create("jdbc:h2:" + file.toAbsolutePath() + ";WRITE_DELAY=0", "sa", "");
    }
}
