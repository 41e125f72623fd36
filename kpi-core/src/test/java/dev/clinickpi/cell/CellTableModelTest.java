package dev.clinickpi.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A table against a sorted map of cells, over the weeks around the night in which Madrid's clocks go forward. */
class CellTableModelTest {

    private static final LocalDays MADRID = LocalDays.in(ZoneId.of("Europe/Madrid"));
    private static final long FIRST =
            Slice.of(Instant.parse("2026-03-15T23:00:00Z").toEpochMilli());
    private static final Measure[] MEASURES = {
        Measure.CONVERSATIONS, Measure.BOT_RESPONSE_TIMES, Measure.COHORT_VALUE, Measure.LLM_STATED_COST
    };

    @Property(tries = 300)
    void readsWhatAMapOfCellsReads(@ForAll Random random, @ForAll @IntRange(max = 3_000) int facts) {
        Both both = new Both();
        int slices = 1 + random.nextInt(4 * 24 * 30);
        List<Fact> held = new ArrayList<>();
        for (int i = 0; i < facts; i++) {
            if (!held.isEmpty() && random.nextInt(4) == 0) {
                both.add(held.remove(random.nextInt(held.size())), -1);
            } else {
                Fact fact = Fact.of(random, slices);
                both.add(fact, 1);
                held.add(fact);
            }
            if (random.nextInt(facts) < 3) {
                both.assertSame(random, slices);
            }
        }
        both.assertSame(random, slices);
        held.forEach(fact -> both.add(fact, -1));
        assertThat(both.table).isEqualTo(new CellTable(MADRID));
        assertThat(both.table.cells()).isZero();
    }

    @Property(tries = 200)
    void aSnapshotNeverChanges(@ForAll Random random, @ForAll @IntRange(max = 1_500) int facts) {
        Both both = new Both();
        Map<Cells, SortedMap<CellKey, Cell>> snapshots = new HashMap<>();
        List<Cells> read = new ArrayList<>();
        for (int i = 0; i < facts; i++) {
            both.add(Fact.of(random, 4 * 24 * 3), random.nextInt(3) == 0 ? -1 : 1);
            if (random.nextInt(facts) < 5) {
                Cells snapshot = both.table.snapshot();
                assertThat(both.table.snapshot()).isSameAs(snapshot);
                if (random.nextBoolean()) {
                    assertThat(snapshot).isEqualTo(both.table);
                }
                snapshots.put(snapshot, both.copy());
                read.add(snapshot);
            }
        }
        snapshots.forEach((snapshot, then) -> assertThat(cells(snapshot)).isEqualTo(then));
        assertThat(read).allMatch(snapshot -> snapshot.bytes() > 0);
    }

    @Property(tries = 200)
    void theOrderOfDeltasLeavesNoTrace(@ForAll Random random, @ForAll @IntRange(max = 1_500) int facts) {
        Both both = new Both();
        List<Fact> shuffled = new ArrayList<>();
        for (int i = 0; i < facts; i++) {
            Fact fact = Fact.of(random, 4 * 24 * 5);
            both.add(fact, 1);
            shuffled.add(fact);
        }
        Collections.shuffle(shuffled, random);
        CellTable other = new CellTable(MADRID);
        shuffled.forEach(fact -> fact.addTo(other, 1));
        assertThat(other).isEqualTo(both.table).hasSameHashCodeAs(both.table);
        if (facts > 0) {
            shuffled.get(0).addTo(other, 1);
            assertThat(other).isNotEqualTo(both.table);
        }
    }

    @Property(tries = 200)
    void tablesAddAndSubtract(@ForAll Random random, @ForAll @IntRange(max = 800) int facts) {
        Both a = new Both();
        Both b = new Both();
        for (int i = 0; i < facts; i++) {
            (random.nextBoolean() ? a : b).add(Fact.of(random, 4 * 24 * 5), random.nextInt(3) - 1L);
        }
        CellTable sum = new CellTable(MADRID);
        sum.addAll(a.table);
        sum.addAll(b.table);
        CellTable other = new CellTable(MADRID);
        other.addAll(b.table.snapshot());
        other.addAll(a.table);
        assertThat(sum).isEqualTo(other);
        b.table.forEach((key, cell) -> sum.add(key, CellCodec.decode(CellCodec.encode(cell)), -1));
        assertThat(sum).isEqualTo(a.table);
    }

    /** Days as bytes, kept in a map while a table changes, are always the table; and bytes tell nothing of the order in which they came to be. */
    @Property(tries = 200)
    void aTableIsItsDaysAsBytes(@ForAll Random random, @ForAll @IntRange(max = 1_500) int facts) {
        CellTable table = new CellTable(MADRID);
        table.takeChangedDays();
        Map<Long, byte[]> kept = new HashMap<>();
        CellTable reader = new CellTable(MADRID);
        List<Fact> held = new ArrayList<>();
        for (int i = 0; i < facts; i++) {
            if (!held.isEmpty() && random.nextInt(3) == 0) {
                held.remove(random.nextInt(held.size())).addTo(table, -1);
            } else {
                held.add(Fact.of(random, 4 * 24 * 9));
                held.get(held.size() - 1).addTo(table, 1);
            }
            if (random.nextInt(facts) < 6) {
                Map<Long, byte[]> changed = new HashMap<>();
                table.takeChangedDays().forEach(day -> changed.put(day, CellCodec.encodeDay(table.snapshot(), day)));
                kept.putAll(changed);
                reader.replaceDays(changed);
                assertThat(reader).isEqualTo(table);
            }
        }
        table.takeChangedDays().forEach(day -> kept.put(day, CellCodec.encodeDay(table, day)));
        CellTable another = new CellTable(MADRID);
        another.replaceDays(kept);
        assertThat(another).isEqualTo(table);
        kept.forEach(
                (day, bytes) -> assertThat(CellCodec.encodeDay(another, day)).isEqualTo(bytes));
        another.forEach((key, cell) ->
                assertThat(kept.get(CellCodec.dayOf(key.slice()))).isNotEmpty());
    }

    private static SortedMap<CellKey, Cell> cells(Cells cells) {
        SortedMap<CellKey, Cell> map = new TreeMap<>();
        List<CellKey> keys = new ArrayList<>();
        cells.forEach((key, cell) -> {
            map.put(key, cell);
            keys.add(key);
        });
        assertThat(keys).isSorted().doesNotHaveDuplicates();
        return map;
    }

    /** A table and its model. */
    private static final class Both {

        private final CellTable table = new CellTable(MADRID);
        private final SortedMap<CellKey, Cell> model = new TreeMap<>();

        void add(Fact fact, long n) {
            fact.addTo(table, n);
            add(model, fact.key, fact.cell(), n);
        }

        SortedMap<CellKey, Cell> copy() {
            SortedMap<CellKey, Cell> copy = new TreeMap<>();
            model.forEach((key, cell) -> add(copy, key, cell, 1));
            return copy;
        }

        private static void add(Map<CellKey, Cell> cells, CellKey key, Cell delta, long n) {
            Cell cell = cells.computeIfAbsent(key, k -> new Cell());
            cell.addAll(delta, n);
            if (cell.isZero()) {
                cells.remove(key);
            }
        }

        void assertSame(Random random, int slices) {
            Cells cells = random.nextBoolean() ? table : table.snapshot();
            assertThat(cells(cells)).isEqualTo(model);
            assertThat(cells.cells()).isEqualTo(model.size());
            for (Measure measure : MEASURES) {
                int a = random.nextInt(slices + 1);
                int b = random.nextInt(slices + 1);
                assertReads(cells, measure, FIRST + Math.min(a, b), FIRST + Math.max(a, b));
            }
        }

        private void assertReads(Cells cells, Measure measure, long from, long to) {
            Map<List<Object>, Cell> expected = new HashMap<>();
            Map<String, Cell> byLabel = new HashMap<>();
            Cell total = new Cell();
            model.forEach((key, cell) -> {
                if (key.measure() == measure && key.slice() >= from && key.slice() < to) {
                    long day = MADRID.of(Slice.start(key.slice()));
                    expected.computeIfAbsent(List.of(day, key.dimension()), k -> new Cell())
                            .addAll(cell, 1);
                    byLabel.computeIfAbsent(key.dimension().label(), k -> new Cell())
                            .addAll(cell, 1);
                    total.addAll(cell, 1);
                }
            });
            long start = Slice.start(from);
            long end = Slice.start(to);
            Map<List<Object>, Cell> read = new HashMap<>();
            cells.read(
                    measure,
                    start,
                    end,
                    (day, dimension, cell) -> read.computeIfAbsent(List.of(day, dimension), k -> new Cell())
                            .addAll(cell, 1));
            assertThat(read).isEqualTo(expected);
            assertThat(cells.count(measure, start, end)).isEqualTo(total.count());
            assertThat(cells.people(measure, start, end)).isEqualTo(peopleOf(total));
            assertThat(cells.times(measure, start, end))
                    .isEqualTo(total.times() == null ? new SparseHistogram() : total.times());
            Map<String, People> people = new HashMap<>();
            byLabel.forEach((label, cell) -> people.put(label, peopleOf(cell)));
            assertThat(cells.people(measure, start, end, Dimension::label)).isEqualTo(people);
            Map<String, Long> counts = new HashMap<>();
            byLabel.forEach((label, cell) -> counts.put(label, cell.count()));
            assertThat(cells.counts(measure, start, end, Dimension::label)).isEqualTo(counts);
        }

        private static People peopleOf(Cell cell) {
            return cell.people() == null ? new People() : cell.people();
        }
    }

    /** Something that happened once. */
    private record Fact(CellKey key, int kind, int patient, BigDecimal amount, long millis) {

        static Fact of(Random random, int slices) {
            int kind = random.nextInt(5);
            Dimension dimension = random.nextInt(3) == 0
                    ? new Dimension("l" + random.nextInt(4), random.nextBoolean() ? "EUR" : "", random.nextInt(3) - 1)
                    : Dimension.NONE;
            return new Fact(
                    new CellKey(
                            MEASURES[random.nextInt(MEASURES.length)],
                            FIRST + random.nextInt(slices),
                            kind == 4 ? Dimension.NONE : dimension),
                    kind,
                    random.nextBoolean() ? random.nextInt() : random.nextInt(20),
                    BigDecimal.valueOf(random.nextInt(3) * (long) random.nextInt(1_000_000), 3),
                    random.nextInt(random.nextBoolean() ? 3_000 : 900_000_000));
        }

        void addTo(CellTable table, long n) {
            long at = Slice.start(key.slice()) + Math.floorMod(patient, Slice.MILLIS);
            switch (kind) {
                case 0 -> table.count(key.measure(), at, key.dimension(), n * (1 + millis));
                case 1 -> table.person(key.measure(), at, key.dimension(), patient, n);
                case 2 -> table.money(key.measure(), at, key.dimension(), amount, patient, n);
                case 3 -> table.cost(key.measure(), at, key.dimension(), amount, n);
                default -> table.time(key.measure(), at, millis, n);
            }
        }

        Cell cell() {
            Cell cell = new Cell();
            cell.addCount(kind == 0 ? 1 + millis : 1);
            if (kind == 1 || (kind == 2 && amount.signum() != 0)) {
                cell.addPerson(patient, 1);
            }
            if (kind == 2 || kind == 3) {
                cell.addAmount(amount, 1);
            }
            if (kind == 4) {
                cell.addTime(millis, 1);
            }
            return cell;
        }
    }
}
