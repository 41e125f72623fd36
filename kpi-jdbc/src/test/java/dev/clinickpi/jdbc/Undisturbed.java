package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.testkit.ExactEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What an engine has that took all deliveries and that nobody disturbed, to hold a database against. */
final class Undisturbed {

    /** In the time of the deliveries: facts that all lay ahead would wait to be folded one by one. */
    private static final int BATCH = 1_000;

    private Undisturbed() {}

    /** What the database holds is what an engine holds that took the deliveries undisturbed: facts, cells and open entities, bit by bit. */
    static void requireSame(Deliveries deliveries, DataSource source) {
        requireSame(deliveries, JdbcEventLog.open(source), JdbcCellStore.open(source));
    }

    /** The same of any stores. */
    static void requireSame(Deliveries deliveries, EventLog log, CellStore store) {
        finish(log, store, deliveries);
        EventLog undisturbedLog = EventLog.inMemory();
        CellStore undisturbed = CellStore.inMemory();
        ExactEngine engine = Deliveries.engine(undisturbedLog, undisturbed, deliveries.timeAt(0));
        for (int place = 0; place < deliveries.size(); place += BATCH) {
            engine.setClock(deliveries.timeAt(place));
            engine.record(deliveries.between(place, place + BATCH));
        }
        engine.engine().close();
        finish(undisturbedLog, undisturbed, deliveries);
        for (ClinicId clinic : Deliveries.clinics()) {
            assertThat(facts(log, clinic)).isEqualTo(facts(undisturbedLog, clinic));
            Checkpoint kept = Objects.requireNonNull(store.load(clinic));
            Checkpoint expected = Objects.requireNonNull(undisturbed.load(clinic));
            assertThat(kept.position()).isEqualTo(expected.position());
            assertThat(kept.newest()).isEqualTo(expected.newest());
            assertThat(kept.ahead()).isEmpty();
            assertThat(days(kept)).isEqualTo(days(expected)).isNotEmpty();
            assertThat(new HashSet<>(kept.entities())).isEqualTo(new HashSet<>(expected.entities()));
        }
    }

    /** Lets another engine take over what the last one left, let time pass to the end, and keep what it has. */
    private static void finish(EventLog log, CellStore store, Deliveries deliveries) {
        ExactEngine last = Deliveries.engine(log, store, deliveries.timeAt(deliveries.size()));
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (last.engine().health().shardsWritten() < 3 && System.nanoTime() < patience) {
            sleep();
        }
        assertThat(last.engine().health().shardsWritten()).isEqualTo(3);
        last.engine().close();
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Fact> facts(EventLog log, ClinicId clinic) {
        Set<Fact> facts = new HashSet<>();
        log.read(clinic, 0, (position, fact) -> assertThat(facts.add(fact)).isTrue());
        return facts;
    }

    private static Map<Long, List<Byte>> days(Checkpoint checkpoint) {
        Map<Long, List<Byte>> days = new HashMap<>();
        checkpoint.days().forEach((day, cells) -> {
            if (cells.length > 0) {
                List<Byte> bytes = new ArrayList<>();
                for (byte each : cells) {
                    bytes.add(each);
                }
                days.put(day, bytes);
            }
        });
        return days;
    }
}
