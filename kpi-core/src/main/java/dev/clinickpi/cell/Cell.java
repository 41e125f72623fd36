package dev.clinickpi.cell;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A count and, as its measure asks, an exact sum, a histogram of durations and the people behind it. Cells form an abelian group: they add and
 * subtract in any order, and two that hold the same facts are equal bit by bit. A delta is a cell whose counts may be negative. Not safe for use by
 * many threads while it changes.
 */
public final class Cell {

    private long count;
    private @Nullable ExactSum sum;
    private @Nullable SparseHistogram times;
    private @Nullable People people;

    /** Finds times and people when they are first asked for; null once it has. */
    private @Nullable Details details;

    /** An empty cell. */
    public Cell() {}

    Cell(long count, @Nullable ExactSum sum, @Nullable SparseHistogram times, @Nullable People people) {
        this.count = count;
        this.sum = sum;
        this.times = times;
        this.people = people;
    }

    Cell(long count, @Nullable ExactSum sum, Details details) {
        this(count, sum, null, null);
        this.details = details;
    }

    /** Counts {@code n} more. */
    public void addCount(long n) {
        count = Math.addExact(count, n);
    }

    /** Has a patient stand behind {@code n} more. */
    public void addPerson(int hash, long n) {
        find();
        People changed = people == null ? new People() : people;
        changed.add(hash, n);
        people = changed.isEmpty() ? null : changed;
    }

    /** Adds an amount {@code n} times. */
    public void addAmount(BigDecimal amount, long n) {
        ExactSum changed = sum == null ? new ExactSum() : sum;
        changed.add(amount, n);
        sum = changed.isZero() ? null : changed;
    }

    /** Counts a duration {@code n} times. */
    public void addTime(long millis, long n) {
        find();
        SparseHistogram changed = times == null ? new SparseHistogram() : times;
        changed.add(millis, n);
        times = changed.isEmpty() ? null : changed;
    }

    /** Adds another cell {@code n} times; -1 subtracts it. */
    public void addAll(Cell other, long n) {
        find();
        other.find();
        addCount(Math.multiplyExact(other.count, n));
        if (other.sum != null) {
            ExactSum changed = sum == null ? new ExactSum() : sum;
            changed.addAll(other.sum, n);
            sum = changed.isZero() ? null : changed;
        }
        if (other.times != null) {
            SparseHistogram changed = times == null ? new SparseHistogram() : times;
            changed.addAll(other.times, n);
            times = changed.isEmpty() ? null : changed;
        }
        if (other.people != null) {
            People changed = people == null ? new People() : people;
            changed.addAll(other.people, n);
            people = changed.isEmpty() ? null : changed;
        }
    }

    /** How many. */
    public long count() {
        return count;
    }

    /** The sum of the amounts; null for 0. */
    public @Nullable ExactSum sum() {
        return sum;
    }

    /** The durations; null for none. */
    public @Nullable SparseHistogram times() {
        find();
        return times;
    }

    /** The people behind it; null for nobody. */
    public @Nullable People people() {
        find();
        return people;
    }

    private void find() {
        Details known = details;
        if (known != null) {
            details = null;
            times = known.times();
            people = known.people();
        }
    }

    /** Whether it holds nothing, and so need not be kept. */
    public boolean isZero() {
        return count == 0 && sum == null && times() == null && people() == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cell that
                && count == that.count
                && Objects.equals(sum, that.sum)
                && Objects.equals(times(), that.times())
                && Objects.equals(people(), that.people());
    }

    @Override
    public int hashCode() {
        return Objects.hash(count, sum, times(), people());
    }

    /** Finds what most readers of a roll-up do without. */
    interface Details {

        /** The durations; null for none. */
        @Nullable
        SparseHistogram times();

        /** The people; null for nobody. */
        @Nullable
        People people();
    }
}
