package dev.clinickpi.cell;

import dev.clinickpi.clinic.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An exact sum of amounts of money: whole units and 10⁻¹² parts, both integers. The parts lie from 0 to below a whole, so one sum has one form,
 * whatever was added and taken back on the way. Not safe for use by many threads while it changes.
 */
public final class ExactSum {

    /** How many parts make a unit. */
    static final long PARTS = 1_000_000_000_000L;

    private long units;
    private long parts;

    /** Nothing. */
    public ExactSum() {}

    ExactSum(long units, long parts) {
        this.units = units;
        this.parts = parts;
    }

    /**
     * Adds an amount {@code times} times; negative times take it back.
     *
     * @throws ArithmeticException if the sum leaves ±9.2·10¹⁸ units
     */
    public void add(BigDecimal amount, long times) {
        BigDecimal[] wholeAndRest = amount.divideAndRemainder(BigDecimal.ONE);
        long rest = wholeAndRest[1].movePointRight(Money.MAX_SCALE).longValueExact();
        addParts(wholeAndRest[0].longValueExact(), rest, times);
    }

    /**
     * Adds another sum {@code times} times; -1 subtracts it.
     *
     * @throws ArithmeticException if the sum leaves ±9.2·10¹⁸ units
     */
    public void addAll(ExactSum other, long times) {
        addParts(other.units, other.parts, times);
    }

    private void addParts(long otherUnits, long otherParts, long times) {
        long sum = Math.addExact(parts, Math.multiplyExact(otherParts, times));
        units = Math.addExact(Math.addExact(units, Math.multiplyExact(otherUnits, times)), Math.floorDiv(sum, PARTS));
        parts = Math.floorMod(sum, PARTS);
    }

    /** The sum, exactly. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(units).add(BigDecimal.valueOf(parts, Money.MAX_SCALE));
    }

    /** Whether it is 0. */
    public boolean isZero() {
        return units == 0 && parts == 0;
    }

    long units() {
        return units;
    }

    long parts() {
        return parts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExactSum that && units == that.units && parts == that.parts;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(units) + Long.hashCode(parts);
    }
}
