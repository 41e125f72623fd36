package dev.clinickpi.privacy.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.privacy.publication.RowBlock.Part;
import dev.clinickpi.time.LocalDays;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Days of a clinic in UTC that are a block each, written as {@code dental+physio}; the first is a Monday. No patient comes twice unless a test says so. */
class RowCuttingTest {

    private static final int MINIMUM = 5;
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** 5 January 1970. */
    private static final long MONDAY = 4 * DAY;

    private static final LocalDays DAYS = LocalDays.in(ZoneOffset.UTC);

    private final CopyState state = new CopyState(DAYS);
    private int next;

    @Test
    void aDayOfEnoughInEachRowStaysAloneWhateverLiesBeforeIt() {
        days("5+1 5+2 8+6");

        assertThat(cut(3)).containsExactly("2");
    }

    @Test
    void theOthersOfAWeekGoTogetherOnceItIsOver() {
        days("5+1 5+2 8+6 5+2 5+1 4+1 5+1");

        assertThat(cut(6)).containsExactly("2");
        assertThat(cut(7)).containsExactly("0 1 3 4 5 6");
    }

    /** Six people of the smaller row by Friday; the one on Sunday would be alone with its day's total. */
    @Test
    void whatAWeekCannotTakeIsLeft() {
        days("9+2 9+2 9+2 9+2 9+2 0+0 9+0");
        state.totals.person(Measure.CONVERSATIONS, MONDAY + 6 * DAY, Dimension.of("derma"), next++, 1);

        assertThat(cut(7)).containsExactly("0 1 2 3 4");
    }

    /** The second week is shown, though what is left of the first goes with the third. */
    @Test
    void whatIsLeftOfAWeekCostsTheNextNothing() {
        days("9+0 9+2 0+0 0+0 0+0 0+0 0+0 9+3 9+3 0+0 0+0 0+0 0+0 0+0 9+2 9+2");

        assertThat(cut(14)).containsExactly("0", "7 8");
        assertThat(cut(21)).containsExactly("1 14 15");
    }

    /** With the others of its week it would take that week's rows to the next. */
    @Test
    void aBlockThatReachesIntoTheNextWeekGoesWithWhatIsLeft() {
        days("9+3 9+3 0+0 0+0 0+0 9+1 9+1 0+0 0+0 0+0 9+3 9+3");
        state.grids.put(
                Stratum.CONVERSATIONS,
                Grid.of(LongStream.of(0, 1, 2, 6, 8, 11, 12)
                        .map(day -> MONDAY + day * DAY)
                        .toArray()));

        assertThat(cut(7)).containsExactly("0 1 2 3 4 5");
        assertThat(cut(14)).containsExactly("8 9 10 11");
        assertThat(longest(0, 14)).isEqualTo("0-6");
    }

    @Test
    void rowsAreSummedOverTheLongestStretchThatNoneReachesBeyond() {
        days("9+0 9+2 0+0 0+0 0+0 0+0 0+0 9+3 9+3 0+0 0+0 0+0 0+0 0+0 9+2 9+2 0+0 0+0 0+0 0+0 0+0 9+6");
        cut(14);
        cut(28);

        assertThat(longest(0, 28)).isEqualTo("0-22");
        assertThat(longest(2, 28)).isEqualTo("7-9");
        assertThat(longest(7, 15)).isEqualTo("7-9");
        assertThat(longest(8, 28)).isEqualTo("21-22");
        assertThat(longest(0, 14)).isEqualTo("7-9");
        assertThat(longest(1, 7)).isNull();
    }

    /** Whatever comes, and when: no two of them share a block, and nothing of too few is left beside what each shows. */
    @Property(tries = 300, seed = "20261123")
    void whatIsCutHasNoBlockTwiceAndShowsNoRowItMayNot(@ForAll Random random) {
        CopyState clinic = new CopyState(DAYS);
        int days = 10 + random.nextInt(30);
        int patients = 5 + random.nextInt(100);
        for (int day = 0; day < days; day++) {
            for (int i = random.nextInt(12); i > 0; i--) {
                String row = List.of("dental", "dental", "dental", "physio").get(random.nextInt(4));
                clinic.totals.person(
                        Measure.CONVERSATIONS, MONDAY + day * DAY, Dimension.of(row), random.nextInt(patients), 1);
            }
        }
        for (int now = 1; now <= days + 7; now += 1 + random.nextInt(4)) {
            clinic.grids.put(Stratum.CONVERSATIONS, grid(Math.min(now, days)));
            clinic.verticals.addAll(new RowCutting(clinic, DAYS, Rules.of(MINIMUM)).cut(MONDAY + now * DAY));
        }
        Set<Long> seen = new HashSet<>();
        for (RowBlock rows : clinic.verticals) {
            List<Map<String, Set<Integer>>> blocks = new ArrayList<>();
            for (Part part : rows.parts()) {
                for (long at = part.from(); at < part.to(); at += DAY) {
                    assertThat(seen.add(at)).isTrue();
                    Map<String, Set<Integer>> people = new HashMap<>();
                    RowCutting.collectLabels(clinic.totals, at, at + DAY, people);
                    blocks.add(people);
                }
            }
            assertThat(new RowGraph(blocks, MINIMUM).allows(rows.shown())).isTrue();
        }
    }

    /** Against all stretches, of blocks that lie anyhow. */
    @Property(tries = 300, seed = "20261123")
    void theLongestStretchIsOneOfAllAndNoneIsLonger(@ForAll Random random) {
        int days = 1 + random.nextInt(9);
        CopyState clinic = new CopyState(DAYS);
        Map<Integer, List<Part>> parts = new HashMap<>();
        int[] in = new int[days];
        for (int day = 0; day < days; day++) {
            in[day] = random.nextInt(5);
            if (in[day] > 0) {
                clinic.totals.person(Measure.CONVERSATIONS, MONDAY + day * DAY, Dimension.of("dental"), day, 1);
            }
            // The first is nobody's, and of the second there is somebody in no row block.
            if (in[day] > 1) {
                parts.computeIfAbsent(in[day], key -> new ArrayList<>())
                        .add(new Part(MONDAY + day * DAY, MONDAY + (day + 1) * DAY));
            }
        }
        List<RowBlock> blocks = parts.values().stream()
                .map(each -> new RowBlock(each, Set.of("dental"), List.of()))
                .toList();
        int from = random.nextInt(days);
        int to = from + 1 + random.nextInt(days - from);
        long most = 0;
        for (int begin = from; begin < to; begin++) {
            for (int end = begin + 1; end <= to; end++) {
                boolean isTight = in[begin] > 1 && in[end - 1] > 1;
                most = isTight && isWhole(in, begin, end) ? Math.max(most, end - begin) : most;
            }
        }

        Part longest = new WholeRows(clinic.totals, blocks, MONDAY + from * DAY, MONDAY + to * DAY).longest();

        assertThat(longest == null ? 0 : longest.length() / DAY).isEqualTo(most);
        if (longest != null) {
            assertThat(isWhole(in, (int) ((longest.from() - MONDAY) / DAY), (int) ((longest.to() - MONDAY) / DAY)))
                    .isTrue();
        }
    }

    private static boolean isWhole(int[] in, int begin, int end) {
        for (int day = 0; day < in.length; day++) {
            for (int other = begin; other < end; other++) {
                boolean isOutside = day < begin || day >= end;
                if (in[other] == 1 || (isOutside && in[other] > 1 && in[day] == in[other])) {
                    return false;
                }
            }
        }
        return true;
    }

    private void days(String table) {
        String[] days = table.split(" ");
        for (int day = 0; day < days.length; day++) {
            String[] rows = days[day].split("\\+");
            people(day, "dental", Integer.parseInt(rows[0]));
            people(day, "physio", Integer.parseInt(rows[1]));
        }
        state.grids.put(Stratum.CONVERSATIONS, grid(days.length));
    }

    private static Grid grid(int days) {
        return Grid.of(
                LongStream.rangeClosed(0, days).map(day -> MONDAY + day * DAY).toArray());
    }

    private void people(int day, String row, int number) {
        for (int i = 0; i < number; i++) {
            state.totals.person(Measure.CONVERSATIONS, MONDAY + day * DAY, Dimension.of(row), next++, 1);
        }
    }

    /** What is cut at the start of a day: the days of each row block. */
    private List<String> cut(int day) {
        List<RowBlock> cut = new RowCutting(state, DAYS, Rules.of(MINIMUM)).cut(MONDAY + day * DAY);
        state.verticals.addAll(cut);
        return cut.stream().map(RowCuttingTest::days).toList();
    }

    private static String days(RowBlock rows) {
        List<String> days = new ArrayList<>();
        for (Part part : rows.parts()) {
            for (long at = part.from(); at < part.to(); at += DAY) {
                days.add(Long.toString((at - MONDAY) / DAY));
            }
        }
        return String.join(" ", days);
    }

    private String longest(int from, int to) {
        Part longest = new WholeRows(state.totals, state.verticals, MONDAY + from * DAY, MONDAY + to * DAY).longest();
        return longest == null ? null : (longest.from() - MONDAY) / DAY + "-" + (longest.to() - MONDAY) / DAY;
    }
}
