package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import java.math.BigDecimal;

/** Takes deltas that have been counted before. */
final class Silence implements DeltaSink {

    @Override
    public void count(Measure measure, long at, Dimension dimension, long n) {}

    @Override
    public void person(Measure measure, long at, Dimension dimension, int patient, long n) {}

    @Override
    public void money(Measure measure, long at, Dimension dimension, BigDecimal amount, int patient, long n) {}

    @Override
    public void cost(Measure measure, long at, Dimension dimension, BigDecimal amount, long n) {}

    @Override
    public void time(Measure measure, long at, long millis, long n) {}
}
