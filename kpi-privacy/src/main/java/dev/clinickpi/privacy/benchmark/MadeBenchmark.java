package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.sector.ClinicBand;
import dev.clinickpi.sector.SectorBenchmark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark as it is kept: with who is in it, as hashes, since who may be in the next one depends on that. Nobody's value is kept.
 *
 * @param benchmark what is shown
 * @param owners hashes of the owners who are in it, in ascending order of what they bring
 */
record MadeBenchmark(SectorBenchmark benchmark, List<Long> owners) {

    private static final int FORM = 1;
    private static final List<ClinicBand> BANDS = List.of(ClinicBand.values());

    /** Copies the list. */
    MadeBenchmark {
        owners = List.copyOf(owners);
    }

    /** What an owner is kept as. */
    static long hash(String owner) {
        return new ByteWriter().label(owner).hashFrom(0);
    }

    static byte[] encode(List<MadeBenchmark> made) {
        ByteWriter bytes = new ByteWriter().code(FORM).number(made.size());
        for (MadeBenchmark each : made) {
            SectorBenchmark shown = each.benchmark;
            bytes.label(shown.kpi()).number(shown.version()).label(shown.unit());
            for (BigDecimal value : values(shown)) {
                bytes.label(value.toString());
            }
            bytes.value(BANDS, shown.clinics()).number(each.owners.size());
            each.owners.forEach(bytes::id);
        }
        return bytes.toBytes();
    }

    private static List<BigDecimal> values(SectorBenchmark shown) {
        return List.of(shown.mean(), shown.lowerQuartile(), shown.median(), shown.upperQuartile());
    }

    /** @throws IllegalArgumentException if the bytes are not those of benchmarks */
    static List<MadeBenchmark> decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, "the benchmarks of a month");
        reader.require(reader.code() == FORM, "are of an unknown form");
        int size = reader.size();
        List<MadeBenchmark> made = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            SectorBenchmark shown = new SectorBenchmark(
                    reader.label(),
                    Math.toIntExact(reader.number()),
                    reader.label(),
                    new BigDecimal(reader.label()),
                    new BigDecimal(reader.label()),
                    new BigDecimal(reader.label()),
                    new BigDecimal(reader.label()),
                    reader.value(BANDS));
            List<Long> owners = new ArrayList<>();
            for (int owner = reader.size(); owner > 0; owner--) {
                owners.add(reader.id());
            }
            made.add(new MadeBenchmark(shown, owners));
        }
        reader.end();
        return made;
    }
}
