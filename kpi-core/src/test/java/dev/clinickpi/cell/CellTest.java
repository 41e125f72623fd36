package dev.clinickpi.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.time.LocalDays;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells are an abelian group, and equal cells are the same bit by bit. */
class CellTest {

    @Property
    void addingIsCommutativeAndAssociative(@ForAll("cells") Cell a, @ForAll("cells") Cell b, @ForAll("cells") Cell c) {
        assertSame(sum(a, b), sum(b, a));
        assertSame(sum(sum(a, b), c), sum(a, sum(b, c)));
    }

    @Property
    void subtractingUndoesAdding(@ForAll("cells") Cell a, @ForAll("cells") Cell b) {
        Cell back = sum(a, b);
        back.addAll(b, -1);
        assertSame(back, a);
        back.addAll(a, -1);
        assertThat(back.isZero()).isTrue();
        assertSame(back, new Cell());
    }

    @Property
    void addingTimesIsAddingThatOften(@ForAll("cells") Cell a) {
        Cell thrice = new Cell();
        thrice.addAll(a, 3);
        assertSame(thrice, sum(sum(a, a), a));
    }

    @Property
    void bytesGiveTheCellBack(@ForAll("cells") Cell cell) {
        assertSame(CellCodec.decode(CellCodec.encode(cell)), cell);
        assertThat(CellCodec.encode(cell)[0]).as("the version").isEqualTo((byte) 1);
    }

    @Property
    void bytesThatAreCutShortOrGoOnAreNoCell(
            @ForAll("cells") Cell cell, @ForAll @LongRange(min = 0, max = 40) long cut) {
        byte[] bytes = CellCodec.encode(cell);
        byte[] cutShort = Arrays.copyOf(bytes, (int) (cut % bytes.length));
        assertThatThrownBy(() -> CellCodec.decode(cutShort)).isInstanceOf(IllegalArgumentException.class);
        byte[] goesOn = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> CellCodec.decode(goesOn)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void bytesOfNoCellAreRefusedAndNothingElse(@ForAll @Size(max = 30) byte[] bytes) {
        try {
            CellCodec.decode(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("The bytes of a cell");
        }
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        byte[] bytes = CellCodec.encode(new Cell());
        bytes[0] = 2;
        assertThatThrownBy(() -> CellCodec.decode(bytes)).hasMessageContaining("version 2");
    }

    @Test
    void bytesThatClaimMoreThanTheyHoldAreRefused() {
        byte[] people = {1, 4, 0, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0x0F};
        assertThatThrownBy(() -> CellCodec.decode(people)).hasMessageContaining("cut short");
        byte[] twice = {1, 4, 0, 2, 2, 2, 0, 2};
        assertThatThrownBy(() -> CellCodec.decode(twice)).hasMessageContaining("order");
        byte[] unknownParts = {1, 8, 0};
        assertThatThrownBy(() -> CellCodec.decode(unknownParts)).hasMessageContaining("parts");
    }

    @Property
    void countsDistinctPeopleUnlessTheyWereTakenBack(
            @ForAll @Size(max = 30) List<Integer> came, @ForAll @Size(max = 30) List<Integer> left) {
        People people = new People();
        came.forEach(person -> people.add(person, 1));
        assertThat(people.count()).isEqualTo(new TreeSet<>(came).size());
        left.forEach(person -> people.add(person, 1));
        left.forEach(person -> people.add(person, -1));
        assertThat(people.count()).isEqualTo(new TreeSet<>(came).size());
        assertThat(people.isEmpty()).isEqualTo(came.isEmpty());
        assertThat(people).hasToString(people.count() + " people");
    }

    @Test
    void peopleStandBehindACellAsOftenAsTheyWereAdded() {
        People people = new People();
        people.add(7, 3);
        people.add(7, -1);
        people.add(-9, 1);
        assertThat(people.times(7)).isEqualTo(2);
        assertThat(people.times(-9)).isEqualTo(1);
        assertThat(people.times(8)).isZero();
    }

    @Test
    void aPersonsHashMixesBothHalves() {
        assertThat(People.hash(0x0000_0001_0000_0000L)).isEqualTo(1);
        assertThat(People.hash(0x0000_0001_0000_0001L)).isZero();
        assertThat(People.hash(-1L)).isZero();
    }

    @Property
    void sumsAreExact(@ForAll("amountLists") List<BigDecimal> amounts) {
        ExactSum sum = new ExactSum();
        amounts.forEach(amount -> sum.add(amount, 1));
        BigDecimal expected = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum.toBigDecimal()).isEqualByComparingTo(expected);
        amounts.forEach(amount -> sum.add(amount, -1));
        assertThat(sum.isZero()).isTrue();
        assertThat(sum).isEqualTo(new ExactSum());
    }

    @Test
    void aSumBelowNothingHasOneForm() {
        ExactSum sum = new ExactSum();
        sum.add(new BigDecimal("0.25"), -1);
        assertThat(sum.toBigDecimal()).isEqualByComparingTo("-0.25");
        ExactSum other = new ExactSum();
        other.add(new BigDecimal("1"), -1);
        other.add(new BigDecimal("0.75"), 1);
        assertThat(other).isEqualTo(sum).hasSameHashCodeAs(sum);
    }

    @Property
    void bucketsAreHdrHistograms(@ForAll @LongRange(min = 0, max = SparseHistogram.CEILING_MILLIS) long value) {
        Histogram dense = SparseHistogram.dense();
        int index = SparseHistogram.index(value);
        assertThat(SparseHistogram.lowestValue(index)).isEqualTo(dense.lowestEquivalentValue(value));
        assertThat(SparseHistogram.index(dense.highestEquivalentValue(value))).isEqualTo(index);
        assertThat(SparseHistogram.index(dense.nextNonEquivalentValue(value))).isEqualTo(index + 1);
    }

    @Property
    void percentilesAreHdrHistograms(
            @ForAll @Size(min = 1, max = 60)
                    List<@LongRange(min = 0, max = SparseHistogram.CEILING_MILLIS) Long> millis,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        SparseHistogram sparse = new SparseHistogram();
        millis.forEach(value -> sparse.add(value, 1));
        Histogram dense = SparseHistogram.dense();
        sparse.addTo(dense);
        long expected = dense.medianEquivalentValue(dense.getValueAtPercentile(percent));
        assertThat(sparse.count()).isEqualTo(millis.size());
        assertThat(sparse.percentile(percent)).isEqualTo(Math.min(expected, SparseHistogram.CEILING_MILLIS));
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThatThrownBy(() -> new SparseHistogram().percentile(50)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2_047, 2_048, 4_095, 4_096, 60_000, 604_799_999, 604_800_000})
    void aDenseHistogramGetsTheDurationsBack(long millis) {
        SparseHistogram sparse = new SparseHistogram();
        sparse.add(millis, 2);
        Histogram dense = SparseHistogram.dense();
        sparse.addTo(dense);
        assertThat(dense.getTotalCount()).isEqualTo(2);
        assertThat(dense.getCountAtValue(millis)).isEqualTo(2);
    }

    @Test
    void whatIsAboveSevenDaysCountsAsSevenDays() {
        SparseHistogram above = new SparseHistogram();
        above.add(Long.MAX_VALUE, 1);
        SparseHistogram seven = new SparseHistogram();
        seven.add(SparseHistogram.CEILING_MILLIS, 1);
        assertThat(above).isEqualTo(seven);
    }

    @Test
    void aDeltaIsNoHistogram() {
        SparseHistogram delta = new SparseHistogram();
        delta.add(5, -1);
        Histogram dense = SparseHistogram.dense();
        assertThatThrownBy(() -> delta.addTo(dense)).isInstanceOf(IllegalStateException.class);
    }

    @Provide
    Arbitrary<Cell> cells() {
        Arbitrary<Integer> people = Arbitraries.oneOf(Arbitraries.integers().between(-3, 3), Arbitraries.integers());
        return Combinators.combine(
                        Arbitraries.longs().between(-3, 3),
                        people.list().ofMaxSize(6),
                        amounts().list().ofMaxSize(3),
                        Arbitraries.longs().between(0, 700_000_000L).list().ofMaxSize(5),
                        Arbitraries.of(-1L, 1L))
                .as((count, persons, amounts, times, sign) -> {
                    Cell cell = new Cell();
                    cell.addCount(count);
                    persons.forEach(person -> cell.addPerson(person, sign));
                    amounts.forEach(amount -> cell.addAmount(amount, sign));
                    times.forEach(time -> cell.addTime(time, sign));
                    return cell;
                });
    }

    @Provide
    Arbitrary<List<BigDecimal>> amountLists() {
        return amounts().list().ofMaxSize(20);
    }

    private static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.TEN.pow(14))
                .ofScale(12);
    }

    private static Cell sum(Cell a, Cell b) {
        Cell sum = new Cell();
        sum.addAll(a, 1);
        sum.addAll(b, 1);
        return sum;
    }

    private static void assertSame(Cell actual, Cell expected) {
        assertThat(actual).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(CellCodec.encode(actual)).isEqualTo(CellCodec.encode(expected));
    }

    @Test
    void everyMeasureHasACode() {
        CellTable table = new CellTable(LocalDays.in(ZoneOffset.UTC));
        for (Measure measure : Measure.values()) {
            table.count(measure, 0, Dimension.NONE, 1);
        }
        List<Measure> read = new ArrayList<>();
        CellCodec.decodeDay(0, CellCodec.encodeDay(table, 0), (key, cell) -> read.add(key.measure()));
        assertThat(read).containsExactlyInAnyOrder(Measure.values());
    }

    @Test
    void aDayThatIsNoneIsRefused() {
        CellTable table = new CellTable(LocalDays.in(ZoneOffset.UTC));
        table.person(Measure.CONVERSATIONS, 0, Dimension.of("dental"), 7, 1);
        byte[] bytes = CellCodec.encodeDay(table, 0);
        for (int length = 1; length < bytes.length; length++) {
            byte[] cutShort = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> table.replaceDays(Map.of(0L, cutShort)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The bytes of a day of cells are cut short");
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> table.replaceDays(Map.of(0L, longer))).isInstanceOf(IllegalArgumentException.class);
        bytes[0] = 9;
        assertThatThrownBy(() -> table.replaceDays(Map.of(0L, bytes))).hasMessageContaining("version 9");
    }
}
