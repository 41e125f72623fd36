package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import java.math.BigDecimal;

/** Takes back what comes. */
record Negation(DeltaSink sink) implements DeltaSink {

    @Override
    public void count(Measure measure, long at, Dimension dimension, long n) {
        sink.count(measure, at, dimension, -n);
    }

    @Override
    public void person(Measure measure, long at, Dimension dimension, int patient, long n) {
        sink.person(measure, at, dimension, patient, -n);
    }

    @Override
    public void money(Measure measure, long at, Dimension dimension, BigDecimal amount, int patient, long n) {
        sink.money(measure, at, dimension, amount, patient, -n);
    }

    @Override
    public void cost(Measure measure, long at, Dimension dimension, BigDecimal amount, long n) {
        sink.cost(measure, at, dimension, amount, -n);
    }

    @Override
    public void time(Measure measure, long at, long millis, long n) {
        sink.time(measure, at, millis, -n);
    }
}
