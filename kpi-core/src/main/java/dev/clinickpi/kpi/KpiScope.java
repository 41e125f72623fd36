package dev.clinickpi.kpi;

import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.cell.SparseHistogram;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.WordOrder;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Slice;
import dev.clinickpi.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a formula reads: a clinic, the reference data of the moment, the period that the KPI covers and the cells in it. Counts, sums and histograms
 * are merged over the whole period before anything is divided.
 */
public final class KpiScope {

    /** Counts every conversion, however long it took. */
    public static final long ANY_MATURITY = Long.MAX_VALUE;

    private final Cells volumes;
    private final ReleasedCells released;
    private final ClinicDirectory directory;
    private final Clinic clinic;
    private final Instant asOf;
    private final int activeConversations;
    private final @Nullable Period dates;
    private final Coverage coverage;
    private final long conversionDays;
    private final boolean sensitive;
    private boolean readsUnreleased;

    private KpiScope(
            Cells volumes,
            ReleasedCells released,
            ClinicDirectory directory,
            Clinic clinic,
            Instant asOf,
            int activeConversations,
            @Nullable Period dates,
            Coverage coverage,
            long conversionDays,
            boolean sensitive) {
        this.volumes = volumes;
        this.released = released;
        this.directory = directory;
        this.clinic = clinic;
        this.asOf = asOf;
        this.activeConversations = activeConversations;
        this.dates = dates;
        this.coverage = coverage;
        this.conversionDays = conversionDays;
        this.sensitive = sensitive;
    }

    /**
     * The scope of a KPI.
     *
     * @param volumes the clinic's cells as they stand at {@code asOf}, which hold nothing that is dated after it: volumes are read from them
     * @param released what everything else is read from
     * @param directory the reference data
     * @param clinic a clinic of the directory
     * @param asOf the moment of the question
     * @param activeConversations how many conversations are active at {@code asOf}
     * @param dates the local dates that were asked for; null where what was asked for is no whole day
     * @param coverage what the KPI covers of what was asked for
     * @param conversionDays a conversion counts only where it took at most so many days of 24 hours; {@link #ANY_MATURITY} for all
     * @param definition the KPI
     */
    public static KpiScope of(
            Cells volumes,
            ReleasedCells released,
            ClinicDirectory directory,
            Clinic clinic,
            Instant asOf,
            int activeConversations,
            @Nullable Period dates,
            Coverage coverage,
            long conversionDays,
            KpiDefinition definition) {
        Objects.requireNonNull(definition, "definition");
        return new KpiScope(
                volumes,
                released,
                directory,
                clinic,
                asOf,
                activeConversations,
                dates,
                coverage,
                conversionDays,
                definition.population() != null);
    }

    /** The clinic. */
    public Clinic clinic() {
        return clinic;
    }

    /** The reference data. */
    public ClinicDirectory directory() {
        return directory;
    }

    /** The moment of the question. */
    public Instant asOf() {
        return asOf;
    }

    /** The instants that the KPI covers. */
    public Coverage coverage() {
        return coverage;
    }

    /** The conversations that are active at {@link #asOf()}, whatever the period. */
    public int activeConversations() {
        return activeConversations;
    }

    /** The dates asked for whose day begins before what is covered ends, in order; none where what was asked for is no whole day. */
    public List<LocalDate> days() {
        if (dates == null) {
            return List.of();
        }
        long end = coverage.span().to().toEpochMilli();
        return dates.from()
                .datesUntil(dates.to())
                .takeWhile(date -> volumes.localDays().start(date.toEpochDay()) < end)
                .toList();
    }

    /** Whether what is covered is at least as long as a number of local days. */
    public boolean coversDays(int days) {
        long end = coverage.span().to().toEpochMilli();
        return dates != null && volumes.localDays().start(dates.from().toEpochDay() + days) <= end;
    }

    /** A measure's count over all dimensions. */
    public long count(Measure measure) {
        check(measure);
        if (!isLimited(measure)) {
            return cells(measure).count(measure, beginOfReading(), endOfReading());
        }
        long[] count = {0};
        forEach(measure, (date, dimension, cell) -> count[0] += cell.count());
        return count[0];
    }

    /** A measure's counts by label; a label without any is absent. */
    public SortedMap<String, Long> countsByLabel(Measure measure) {
        check(measure);
        SortedMap<String, Long> counts = new TreeMap<>(WordOrder.BY_CODE_POINT);
        if (isLimited(measure)) {
            forEach(measure, (date, dimension, cell) -> counts.merge(dimension.label(), cell.count(), Long::sum));
        } else {
            counts.putAll(cells(measure).counts(measure, beginOfReading(), endOfReading(), Dimension::label));
        }
        return counts;
    }

    /** The people behind a measure over all dimensions. */
    public People people(Measure measure) {
        check(measure);
        return cells(measure).people(measure, beginOfReading(), endOfReading());
    }

    /** The people behind each label of a measure. */
    public SortedMap<String, People> peopleByLabel(Measure measure) {
        check(measure);
        SortedMap<String, People> byLabel = new TreeMap<>(WordOrder.BY_CODE_POINT);
        byLabel.putAll(cells(measure).people(measure, beginOfReading(), endOfReading(), Dimension::label));
        return byLabel;
    }

    /** The durations of a measure, in milliseconds. */
    public SparseHistogram times(Measure measure) {
        check(measure);
        return cells(measure).times(measure, beginOfReading(), endOfReading());
    }

    /**
     * Hands over the cells of a measure, each with the local date that it lies in.
     *
     * @throws IllegalStateException if the KPI is a volume and the measure is not
     */
    public void forEach(Measure measure, Reader reader) {
        read(measure, beginOfReading(), reader);
    }

    /**
     * Hands over the cells of a measure from the first fact to the end of the covered period.
     *
     * @throws IllegalStateException if the KPI is a volume and the measure is not
     */
    public void forEachUntilEnd(Measure measure, Reader reader) {
        read(measure, Slice.EARLIEST, reader);
    }

    /**
     * Hands over the cells of a measure, each with its 15-minute slice: for what is split by the hour of the day.
     *
     * @throws IllegalStateException if the KPI is a volume and the measure is not
     */
    public void forEachSlice(Measure measure, Cells.SliceReader reader) {
        check(measure);
        cells(measure).readBySlice(measure, beginOfReading(), endOfReading(), reader);
    }

    /** Another KPI's exact figure of the same period; empty where one of just this period may not be shown. */
    public Optional<Figure> figure(KpiDefinition other) {
        return of(other).map(other.formula()::evaluate);
    }

    /** The same period, for another KPI; empty where a figure of just this period may not be shown. */
    Optional<KpiScope> of(KpiDefinition other) {
        Measure population = other.population();
        Coverage snapped = population == null ? coverage : released.snap(population, coverage);
        if (snapped == null || !snapped.span().equals(coverage.span())) {
            return Optional.empty();
        }
        return Optional.of(over(snapped, other));
    }

    private KpiScope over(Coverage covered, KpiDefinition kpi) {
        return of(volumes, released, directory, clinic, asOf, activeConversations, dates, covered, conversionDays, kpi);
    }

    /** The same figure over no time: for whether it applies to the clinic at all. */
    public KpiScope overNothing(KpiDefinition kpi) {
        Instant from = coverage.span().from();
        return over(new Coverage(new Span(from, from), false, coverage.partial()), kpi);
    }

    /** Whether a measure may be summed over this period; volumes always may. */
    public boolean isReleased(Measure measure) {
        return !isOfPeople(measure) || released.covers(measure, coverage.span());
    }

    /** Whether what a measure counts before an instant may be told from what it counts after it. */
    public boolean isBorder(Measure measure, Instant at) {
        return released.isBorder(measure, at.toEpochMilli());
    }

    /** Whether a figure of this period may be split by the hour of the day and week. */
    public boolean splitsByHour(Measure measure) {
        return released.splitsByHour(measure, coverage.span());
    }

    /** Whether a figure of this period may be split by the calendar months of a measure's moments, and this one shown. */
    public boolean showsMonth(Measure measure, YearMonth month) {
        return released.showsMonth(measure, coverage.span(), month);
    }

    /** Whether a measure's sums of money may be shown in the clinic's currency. */
    public boolean showsMoney(Measure measure) {
        return showsMoney(measure, dimension -> true);
    }

    /** Whether a measure's sums of money of one calendar month may be shown in the clinic's currency. */
    public boolean showsMoney(Measure measure, YearMonth month) {
        return showsMoney(
                measure,
                dimension ->
                        YearMonth.from(LocalDate.ofEpochDay(dimension.moment())).equals(month));
    }

    private boolean showsMoney(Measure measure, Predicate<Dimension> of) {
        return released.showsConverted(measure, coverage.span(), of, clinic.currency());
    }

    /** What a breakdown by a measure's labels is computed from; empty where no row may be shown. */
    Optional<RowScope> rows(Measure measure) {
        ReleasedCells.Rows rows = released.rows(measure, coverage.span());
        if (rows == null) {
            return Optional.empty();
        }
        boolean isWhole = rows.span().equals(coverage.span());
        Coverage covered = isWhole ? coverage : new Coverage(rows.span(), false, true);
        KpiScope scope = new KpiScope(
                rows.cells(),
                ReleasedCells.unguarded(rows.cells()),
                directory,
                clinic,
                asOf,
                activeConversations,
                null,
                covered,
                conversionDays,
                sensitive);
        return Optional.of(new RowScope(scope, isWhole ? null : rows.span(), rows::shows));
    }

    /** Has the figure withheld, whatever the formula gives. */
    void withhold() {
        readsUnreleased = true;
    }

    /** Whether the formula has read something that may not be summed over this period. */
    public boolean readsUnreleased() {
        return readsUnreleased;
    }

    /** Conversations are the one volume that figures about people are shares of. */
    private static boolean isOfPeople(Measure measure) {
        return !measure.isVolume() || measure == Measure.CONVERSATIONS;
    }

    private Cells cells(Measure measure) {
        return sensitive && isOfPeople(measure) ? released.cells() : volumes;
    }

    /**
     * The people that this KPI's figure is judged by.
     *
     * @param kpi the KPI that this is the scope of
     * @param figure the KPI's figure
     * @return null for a volume; nobody where the KPI does not apply
     */
    public @Nullable People peopleBehind(KpiDefinition kpi, Figure figure) {
        Measure population = kpi.population();
        if (population == null) {
            return null;
        }
        return figure.status() == Status.NOT_APPLICABLE ? new People() : people(population);
    }

    private void check(Measure measure) {
        if (!sensitive && !measure.isVolume()) {
            throw new IllegalStateException("A KPI without a population is a volume and cannot read " + measure
                    + "; name the measure whose people stand behind its figure");
        }
        if (sensitive && !isReleased(measure)) {
            readsUnreleased = true;
        }
    }

    private void read(Measure measure, long from, Reader reader) {
        check(measure);
        boolean isLimited = isLimited(measure);
        cells(measure).read(measure, from, endOfReading(), (day, dimension, cell) -> {
            if (!isLimited || dimension.moment() <= conversionDays) {
                reader.cell(LocalDate.ofEpochDay(day), dimension, cell);
            }
        });
    }

    /** Whether only a part of a measure counts: conversions that took no longer than is asked for. */
    private boolean isLimited(Measure measure) {
        return conversionDays != ANY_MATURITY
                && (measure == Measure.CONVERTED || measure == Measure.RECOVERED_CONVERTED);
    }

    private long beginOfReading() {
        return coverage.span().from().toEpochMilli();
    }

    /** Where the moment of the question is covered, what lies behind it in its slice does not exist yet. */
    private long endOfReading() {
        long end = coverage.span().to().toEpochMilli();
        return coverage.endIncluded() ? Slice.start(Slice.of(end) + 1) : end;
    }

    /** Takes cells one by one. */
    @FunctionalInterface
    public interface Reader {

        /**
         * A cell.
         *
         * @param date the local date that it lies in
         * @param dimension what it is split by
         * @param cell must not be changed or kept
         */
        void cell(LocalDate date, Dimension dimension, Cell cell);
    }
}
