package dev.clinickpi.benchmarks;

import dev.clinickpi.benchmarks.FoldedClinics.FoldedClinic;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jol.info.GraphLayout;

/** What an entity and a cell take in memory, by JOL's count of the objects that hang together. */
public final class MemoryFootprint {

    /**
     * What one clinic's log became.
     *
     * @param entities its conversations, appointments and patients
     * @param entityBytes what they take, the fold's maps and queues among it
     * @param cells how many cells there are
     * @param cellBytes what they take, keys and index among it
     */
    record Footprint(long entities, long entityBytes, long cells, long cellBytes) {

        double bytesPerEntity() {
            return (double) entityBytes / entities;
        }

        double bytesPerCell() {
            return (double) cellBytes / cells;
        }
    }

    private MemoryFootprint() {}

    /** Prints them for one clinic of ten thousand events over 90 days. */
    public static void main(String[] arguments) {
        Footprint found = of(Workload.of(MadeLog.Order.SHUFFLED_WITHIN_A_DAY, Workload.EVENTS / 20, 1));
        System.out.printf(
                Locale.ROOT,
                "%d entities of %.0f bytes, %d cells of %.0f bytes%n",
                found.entities,
                found.bytesPerEntity(),
                found.cells,
                found.bytesPerCell());
    }

    /** Folds a workload of one clinic. */
    static Footprint of(Workload workload) {
        // JOL asks for the offsets of fields, which the JDK does not tell of records.
        System.setProperty("jol.magicFieldOffset", "true");
        List<Fact> facts = workload.admitted(new UnkeyedGate());
        FoldedClinics folds = workload.folds();
        Set<EntityKey> entities = new HashSet<>();
        for (Fact fact : facts) {
            folds.accept(fact);
            entities.addAll(fact.entities());
        }
        FoldedClinic clinic = folds.all().iterator().next();
        long[] cells = {0};
        clinic.cells().forEach((key, cell) -> cells[0]++);
        long cellsAndCalendar =
                GraphLayout.parseInstance(clinic.cells(), clinic.calendar()).totalSize();
        long all = GraphLayout.parseInstance(clinic.cells(), clinic.calendar(), clinic.fold())
                .totalSize();
        long calendar = GraphLayout.parseInstance(clinic.calendar()).totalSize();
        return new Footprint(entities.size(), all - cellsAndCalendar, cells[0], cellsAndCalendar - calendar);
    }
}
