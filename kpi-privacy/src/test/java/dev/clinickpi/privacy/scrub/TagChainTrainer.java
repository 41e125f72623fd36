package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Fits the weights of a {@link NameModel} to lines whose tags are known: stochastic gradient ascent on the conditional log-likelihood with
 * steps of AdaGrad (Duchi, Hazan and Singer 2011). The same lines in the same order give the same weights.
 */
final class TagChainTrainer {

    /** A line's features and the tag of each token. */
    record Line(int[][] features, byte[] tags) {}

    private static final int EPOCHS = 8;
    /** The weights at the ends of the last epochs are averaged, so that less depends on the order of the lines. */
    private static final int AVERAGED = 4;

    private static final double STEP = 0.15;
    private static final double SHRINK = 1e-7;
    /** A feature seen less often than this says nothing. */
    private static final int LEAST = 4;
    /** How often the model must do without knowing the word itself, so that it learns to read what stands around it. */
    private static final double FORGET = 0.25;
    /** What a weight of one byte counts, and so how fine the weights are. */
    private static final double UNIT = 1.0 / 24;

    private static final boolean[] OWN_WORD = ownWord();

    private final double[] weights = new double[2 * NameFeatures.BUCKETS];
    private final double[] averages = new double[2 * NameFeatures.BUCKETS];
    private final float[] squares = new float[2 * NameFeatures.BUCKETS];
    private final boolean[] known = new boolean[NameFeatures.BUCKETS];
    private final double[][] transitions = new double[TagChain.TAGS][TagChain.TAGS];
    private final double[][] transitionSquares = new double[TagChain.TAGS][TagChain.TAGS];
    private final Random random = new Random(1);

    private TagChainTrainer() {}

    static NameModel train(List<Line> lines) {
        TagChainTrainer trainer = new TagChainTrainer();
        trainer.learnFeatures(lines);
        List<Line> shuffled = new ArrayList<>(lines);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Collections.shuffle(shuffled, trainer.random);
            for (Line line : shuffled) {
                trainer.step(line);
            }
            if (epoch >= EPOCHS - AVERAGED) {
                trainer.keep();
            }
        }
        return trainer.model();
    }

    private void keep() {
        for (int i = 0; i < weights.length; i++) {
            averages[i] += weights[i] / AVERAGED;
        }
    }

    private void learnFeatures(List<Line> lines) {
        int[] counts = new int[NameFeatures.BUCKETS];
        for (Line line : lines) {
            for (int[] token : line.features()) {
                for (int feature : token) {
                    counts[feature]++;
                }
            }
        }
        for (int i = 0; i < counts.length; i++) {
            known[i] = counts[i] >= LEAST;
        }
    }

    private void step(Line line) {
        int length = line.tags().length;
        int[][] features = new int[length][];
        double[][] scores = new double[length][TagChain.TAGS];
        for (int i = 0; i < length; i++) {
            features[i] = forget(line.features()[i]);
            for (int feature : features[i]) {
                scores[i][TagChain.FIRST] += weights[2 * feature];
                scores[i][TagChain.INSIDE] += weights[2 * feature + 1];
            }
        }
        TagChain chain = new TagChain(scores, transitions);
        for (int i = 0; i < length; i++) {
            for (int tag = 1; tag < TagChain.TAGS; tag++) {
                double gradient = (line.tags()[i] == tag ? 1 : 0) - chain.marginal(i, tag);
                if (Math.abs(gradient) > 1e-4) {
                    move(features[i], tag - 1, gradient);
                }
            }
            if (i + 1 < length) {
                moveTransitions(chain, line.tags(), i);
            }
        }
    }

    private int[] forget(int[] features) {
        boolean forget = random.nextDouble() < FORGET;
        int[] kept = new int[features.length];
        int count = 0;
        for (int kind = 0; kind < features.length; kind++) {
            if (known[features[kind]] && !(forget && OWN_WORD[kind])) {
                kept[count++] = features[kind];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private void move(int[] features, int part, double gradient) {
        for (int feature : features) {
            int at = 2 * feature + part;
            double g = gradient - SHRINK * weights[at];
            squares[at] += (float) (g * g);
            weights[at] += STEP * g / Math.sqrt(squares[at] + 1e-2);
        }
    }

    private void moveTransitions(TagChain chain, byte[] tags, int i) {
        for (int tag = 0; tag < TagChain.TAGS; tag++) {
            for (int next = 0; next < TagChain.TAGS; next++) {
                double seen = tags[i] == tag && tags[i + 1] == next ? 1 : 0;
                double gradient = seen - chain.marginal(i, tag, next);
                transitionSquares[tag][next] += gradient * gradient;
                transitions[tag][next] += STEP * gradient / Math.sqrt(transitionSquares[tag][next] + 1e-2);
            }
        }
    }

    private NameModel model() {
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(-127, Math.min(127, Math.round(averages[i] / UNIT)));
        }
        return new NameModel(UNIT, bytes, transitions);
    }

    /** The features that name the word itself or a large part of it. */
    private static boolean[] ownWord() {
        boolean[] own = new boolean[NameFeatures.PER_TOKEN];
        for (int kind : new int[] {1, 6, 7, 12, 14, 15, 16}) {
            own[kind] = true;
        }
        return own;
    }
}
