package dev.clinickpi.jdbc;

import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The months in UTC that PostgreSQL keeps facts apart by. One is made before the first fact that is dated in it is stored, in a transaction of its own, so
 * that no append holds up others for it. H2 has one table.
 */
final class Months {

    /** What lies outside is kept in two parts of its own; see {@code V2__event_log.sql}, which has the same bounds. */
    private static final YearMonth FIRST = YearMonth.of(2015, 1);

    private static final YearMonth LAST = YearMonth.of(2039, 12);

    private static final String LIST =
            "SELECT substr(c.relname, 10) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE i.inhparent = '{schema}.kpi_fact'::regclass AND c.relname ~ '^kpi_fact_[0-9]{4}_[0-9]{2}$'";
    private static final String MAKE = "SELECT {schema}.make_fact_month(?, ?)";
    private static final String DROP = "SELECT {schema}.drop_fact_month(?, ?)";
    private static final String NO_PARTITION = "23514";

    private final Database database;
    private final Transactions transactions;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    Months(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Does some work that stores facts, with their months there. */
    <T> T with(Collection<Fact> facts, long floor, Supplier<T> work) {
        return atMostTwice(() -> {
            make(missing(facts, floor));
            return work.get();
        });
    }

    /** Does some work that makes its months, once more where one that was known is gone: somebody has dropped a part by hand. */
    <T> T atMostTwice(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbcStoreException e) {
            if (!isMissing(e)) {
                throw e;
            }
            known.clear();
            return work.get();
        }
    }

    private static boolean isMissing(JdbcStoreException failure) {
        return failure.getCause() instanceof SQLException cause && NO_PARTITION.equals(cause.getSQLState());
    }

    /** Those months that facts from a floor on are dated in and that are not known to be there. */
    SortedSet<YearMonth> missing(Collection<Fact> facts, long floor) {
        SortedSet<YearMonth> missing = new TreeSet<>();
        if (database.dialect() == Dialect.POSTGRESQL) {
            long start = 0;
            long end = 0;
            for (Fact fact : facts) {
                if (fact.at() >= floor && (fact.at() < start || fact.at() >= end)) {
                    YearMonth month = of(fact.at());
                    start = start(month);
                    end = start(month.plusMonths(1));
                    if (isKeptApart(month) && !known.contains(month)) {
                        missing.add(month);
                    }
                }
            }
        }
        return missing;
    }

    /**
     * Makes months that there may be, each in a transaction of its own. None is taken to be there because it is listed: PostgreSQL lists a part a moment before
     * every session stores in it, and the lock that making one takes is the only thing that outlasts that moment.
     */
    void make(SortedSet<YearMonth> months) {
        for (YearMonth month : months) {
            call(MAKE, "append", month);
            known.add(month);
        }
    }

    /** Drops a month that lies before the floor, facts and all. */
    void drop(YearMonth month) {
        call(DROP, "forget", month);
        known.remove(month);
    }

    /** The months that there are. */
    SortedSet<YearMonth> list() {
        return transactions.run("forget", Scope.noClinic(), connection -> {
            SortedSet<YearMonth> months = new TreeSet<>();
            try (PreparedStatement query = connection.prepareStatement(database.sql(LIST));
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    months.add(YearMonth.parse(rows.getString(1).replace('_', '-')));
                }
            }
            return months;
        });
    }

    private void call(String function, String what, YearMonth month) {
        transactions.run(what, Scope.noClinic(), (Connection connection) -> {
            try (PreparedStatement call = connection.prepareStatement(database.sql(function))) {
                call.setLong(1, start(month));
                call.setLong(2, start(month.plusMonths(1)));
                return call.execute();
            }
        });
    }

    static YearMonth of(long at) {
        return YearMonth.from(LocalDate.ofInstant(Instant.ofEpochMilli(at), ZoneOffset.UTC));
    }

    static long start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static boolean isKeptApart(YearMonth month) {
        return !month.isBefore(FIRST) && !month.isAfter(LAST);
    }
}
