package dev.clinickpi.privacy.scrub;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A linear-chain conditional random field that says how likely each token is part of a name. Its weights are bytes, all multiples of one
 * number; a word of its training cannot be read from them. Immutable, safe for use by many threads.
 */
final class NameModel {

    private static final int MAGIC = 0x4E414D31;

    private final double unit;
    private final byte[] weights;
    private final double[][] transitions;

    /**
     * @param unit what a weight of 1 counts
     * @param weights two for each feature: for the first token of a name and for one inside it; a token outside has none
     * @param transitions for each tag and the next, the weight of that step
     */
    NameModel(double unit, byte[] weights, double[][] transitions) {
        if (weights.length != 2 * NameFeatures.BUCKETS) {
            throw new IllegalArgumentException(
                    "A model has 2 weights for each feature, not " + weights.length + " in all");
        }
        this.unit = unit;
        this.weights = weights;
        this.transitions = transitions;
    }

    /** The model that the library comes with; {@code META-INF/THIRD-PARTY-NOTICES.txt} says what it is made of. */
    static NameModel load() {
        try (InputStream in = NameModel.class.getResourceAsStream("names.model")) {
            if (in == null) {
                throw new IllegalStateException(
                        "The resource names.model is missing: the jar of kpi-privacy is incomplete");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource names.model cannot be read", e);
        }
    }

    /** The chain of tags of a line with these features, which {@link NameFeatures} made. */
    TagChain tag(int[][] features) {
        double[][] scores = new double[features.length][TagChain.TAGS];
        for (int i = 0; i < features.length; i++) {
            int first = 0;
            int inside = 0;
            for (int feature : features[i]) {
                first += weights[2 * feature];
                inside += weights[2 * feature + 1];
            }
            scores[i][TagChain.FIRST] = first * unit;
            scores[i][TagChain.INSIDE] = inside * unit;
        }
        return new TagChain(scores, transitions);
    }

    void write(OutputStream out) throws IOException {
        try (DataOutputStream data = new DataOutputStream(new GZIPOutputStream(out))) {
            data.writeInt(MAGIC);
            data.writeDouble(unit);
            for (double[] row : transitions) {
                for (double weight : row) {
                    data.writeDouble(weight);
                }
            }
            data.write(weights);
        }
    }

    static NameModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new GZIPInputStream(in, 1 << 16));
        if (data.readInt() != MAGIC) {
            throw new IOException("This is not a model of names");
        }
        double unit = data.readDouble();
        double[][] transitions = new double[TagChain.TAGS][TagChain.TAGS];
        for (double[] row : transitions) {
            for (int i = 0; i < row.length; i++) {
                row[i] = data.readDouble();
            }
        }
        byte[] weights = new byte[2 * NameFeatures.BUCKETS];
        data.readFully(weights);
        return new NameModel(unit, weights, transitions);
    }
}
