package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.h2.command.query.Query;
import org.h2.command.query.SelectUnion;
import org.h2.engine.SessionLocal;
import org.h2.expression.ExpressionVisitor;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of a union that H2 answers from memory, each by itself, may be of two moments. */
class H2UnionTest {

    @ParameterizedTest
    @MethodSource("unions")
    void noPartOfAUnionIsAnsweredFromMemory(String union) throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(DatabaseKind.H2);
                Connection connection = database.pool().getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            Query query = (Query) session.prepare(ClinicKpiSchema.standard().sql(union));

            assertThat(parts(query))
                    .hasSizeGreaterThan(1)
                    .noneMatch(part -> part.isEverything(ExpressionVisitor.DETERMINISTIC_VISITOR));
        }
    }

    static Stream<String> unions() {
        return Stream.of(
                CheckpointQueries.LOAD,
                CheckpointQueries.READ,
                FactQueries.BETWEEN_WITH_ERASED,
                FactQueries.byEntity(Dialect.H2));
    }

    private static List<Query> parts(Query query) {
        if (query instanceof SelectUnion union) {
            return Stream.of(union.getLeft(), union.getRight())
                    .flatMap(each -> parts(each).stream())
                    .toList();
        }
        return List.of(query);
    }
}
