package dev.clinickpi.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Around the night in which Madrid's clocks go forward, 29 March 2026. */
class CellTableTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final long FIRST =
            Slice.of(Instant.parse("2026-03-27T23:00:00Z").toEpochMilli());
    private static final int SLICES = 4 * 24 * 4;

    @Property
    void wholeDaysAndLooseSlicesAddUpToTheSlices(
            @ForAll("facts") List<Integer> facts,
            @ForAll @IntRange(max = SLICES) int a,
            @ForAll @IntRange(max = SLICES) int b) {
        CellTable table = table();
        facts.forEach(slice -> table.person(Measure.RESOLVED, at(slice), Dimension.NONE, slice, 1));
        int from = Math.min(a, b);
        int to = Math.max(a, b);
        Map<Long, Long> byDay = new TreeMap<>();
        table.read(
                Measure.RESOLVED,
                at(from),
                at(to),
                (day, dimension, cell) -> byDay.merge(day, cell.count(), Long::sum));
        Map<Long, Long> expected = new TreeMap<>();
        for (int slice : facts) {
            if (slice >= from && slice < to) {
                long day = Instant.ofEpochMilli(at(slice))
                        .atZone(MADRID)
                        .toLocalDate()
                        .toEpochDay();
                expected.merge(day, 1L, Long::sum);
            }
        }
        assertThat(byDay).isEqualTo(expected);
    }

    /** Their numbers stay, by slice and by day, and so do the others. */
    @Property
    void nobodyStandsBehindWhatIsDisowned(@ForAll("facts") List<Integer> facts) {
        CellTable table = table();
        CellTable others = table();
        int patient = 7;
        for (int slice : facts) {
            table.person(Measure.RESOLVED, at(slice), Dimension.NONE, slice % 10, 1);
            table.money(Measure.COHORT_VALUE, at(slice), Dimension.NONE, BigDecimal.TEN, slice % 10, 2);
            boolean isIts = slice % 10 == patient;
            for (int i = 0; i < 3; i++) {
                Measure measure = i == 0 ? Measure.RESOLVED : Measure.COHORT_VALUE;
                if (isIts) {
                    others.count(measure, at(slice), Dimension.NONE, 1);
                } else {
                    others.person(measure, at(slice), Dimension.NONE, slice % 10, 1);
                }
            }
            for (int i = 0; i < 2; i++) {
                others.cost(Measure.COHORT_VALUE, at(slice), Dimension.NONE, BigDecimal.TEN, 1);
                others.count(Measure.COHORT_VALUE, at(slice), Dimension.NONE, -1);
            }
        }

        table.disown(patient);

        assertThat(table).isEqualTo(others);
        assertThat(table.count(Measure.RESOLVED, at(0), at(SLICES)))
                .isEqualTo(others.count(Measure.RESOLVED, at(0), at(SLICES)));
    }

    @Property
    void takingBackLeavesNoTrace(@ForAll("facts") List<Integer> facts) {
        CellTable table = table();
        for (long n : new long[] {1, -1}) {
            for (int slice : facts) {
                table.count(Measure.FILLED, at(slice), Dimension.of("x"), n);
                table.person(Measure.RESOLVED, at(slice), Dimension.NONE, slice, n);
                table.money(Measure.COHORT_VALUE, at(slice), Dimension.NONE, new BigDecimal("1.5"), slice, n);
                table.cost(Measure.LLM_STATED_COST, at(slice), Dimension.NONE, new BigDecimal("0.1"), n);
                table.time(Measure.BOT_RESPONSE_TIMES, at(slice), slice * 1_000L, n);
            }
        }
        assertThat(table).isEqualTo(table());
        table.forEach((key, cell) -> assertThat(cell).as(key.toString()).isNull());
    }

    @Property
    void tablesAddUp(@ForAll("facts") List<Integer> facts, @ForAll @IntRange(max = 20) int split) {
        CellTable whole = table();
        CellTable left = table();
        CellTable right = table();
        for (int i = 0; i < facts.size(); i++) {
            int slice = facts.get(i);
            whole.time(Measure.HUMAN_RESPONSE_TIMES, at(slice), slice, 1);
            (i < split ? left : right).time(Measure.HUMAN_RESPONSE_TIMES, at(slice), slice, 1);
        }
        left.addAll(right);
        assertThat(left).isEqualTo(whole).hasSameHashCodeAs(whole);
    }

    @Test
    void handsCellsOverInOrderOfTheirKeys() {
        CellTable table = table();
        table.count(Measure.FILLED, at(9), Dimension.of("b"), 1);
        table.count(Measure.FILLED, at(9), Dimension.of("a"), 1);
        table.count(Measure.FILLED, at(9), new Dimension("a", "EUR", 0), 1);
        table.count(Measure.FILLED, at(9), new Dimension("a", "EUR", -1), 1);
        table.count(Measure.FILLED, at(3), Dimension.of("z"), 1);
        table.count(Measure.CONVERTED, at(50), Dimension.NONE, 1);
        List<CellKey> keys = new ArrayList<>();
        table.forEach((key, cell) -> keys.add(key));
        assertThat(keys).hasSize(6).isSorted();
        assertThat(keys.get(0).measure()).isEqualTo(Measure.CONVERTED);
        assertThat(keys.get(1)).isEqualTo(new CellKey(Measure.FILLED, FIRST + 3, Dimension.of("z")));
        assertThat(keys.get(3)).isEqualTo(new CellKey(Measure.FILLED, FIRST + 9, new Dimension("a", "EUR", -1)));
    }

    @Test
    void nobodyStandsBehindAnAmountOfNothing() {
        CellTable table = table();
        table.money(Measure.COHORT_VALUE, at(0), Dimension.NONE, BigDecimal.ZERO, 7, 1);
        table.money(Measure.COHORT_VALUE, at(0), Dimension.NONE, BigDecimal.ONE, 8, 1);
        table.forEach((key, cell) -> {
            assertThat(cell.count()).isEqualTo(2);
            assertThat(cell.people()).hasToString("1 people");
            assertThat(cell.sum()).isNotNull();
        });
    }

    @Provide
    Arbitrary<List<Integer>> facts() {
        return Arbitraries.integers().between(0, SLICES - 1).list().ofMaxSize(20);
    }

    private static long at(int slice) {
        return Slice.start(FIRST + slice);
    }

    private static CellTable table() {
        return new CellTable(LocalDays.in(MADRID));
    }
}
