package dev.clinickpi.privacy.scrub;

import java.util.Arrays;

/**
 * The probabilities of the tags of one line, by the forward-backward algorithm for a linear-chain conditional random field (Lafferty,
 * McCallum and Pereira 2001). A token is outside of a name, the first of one, or inside one; inside follows only on first or inside.
 * Vectors are scaled to a sum of 1 at each token, so that a line of any length neither overflows nor underflows.
 */
final class TagChain {

    static final int OUTSIDE = 0;
    static final int FIRST = 1;
    static final int INSIDE = 2;
    static final int TAGS = 3;

    private final double[][] emissions;
    private final double[][] transitions;
    private final double[][] forward;
    private final double[][] backward;
    private final double[] scales;

    /**
     * @param scores for each token and tag, the sum of its features' weights; not empty
     * @param transitions for each tag and the next, the weight of that step
     */
    TagChain(double[][] scores, double[][] transitions) {
        int length = scores.length;
        this.emissions = new double[length][TAGS];
        this.transitions = new double[TAGS][TAGS];
        this.forward = new double[length][TAGS];
        this.backward = new double[length][TAGS];
        this.scales = new double[length];
        exponentiate(scores, transitions);
        runForward();
        runBackward();
    }

    /** How likely a token has a tag, given the whole line. */
    double marginal(int token, int tag) {
        return forward[token][tag] * backward[token][tag];
    }

    /** How likely a token has one tag and the next another, given the whole line. */
    double marginal(int token, int tag, int next) {
        return forward[token][tag]
                * transitions[tag][next]
                * emissions[token + 1][next]
                * backward[token + 1][next]
                / scales[token + 1];
    }

    private void exponentiate(double[][] scores, double[][] weights) {
        for (int i = 0; i < scores.length; i++) {
            double top = Math.max(scores[i][0], Math.max(scores[i][1], scores[i][2]));
            for (int tag = 0; tag < TAGS; tag++) {
                emissions[i][tag] = Math.exp(Math.max(scores[i][tag] - top, -40));
            }
        }
        for (int tag = 0; tag < TAGS; tag++) {
            for (int next = 0; next < TAGS; next++) {
                transitions[tag][next] = tag == OUTSIDE && next == INSIDE ? 0 : Math.exp(weights[tag][next]);
            }
        }
    }

    private void runForward() {
        for (int i = 0; i < forward.length; i++) {
            for (int tag = 0; tag < TAGS; tag++) {
                forward[i][tag] = emissions[i][tag] * (i == 0 ? (tag == INSIDE ? 0 : 1) : reach(i - 1, tag));
            }
            scales[i] = forward[i][0] + forward[i][1] + forward[i][2];
            for (int tag = 0; tag < TAGS; tag++) {
                forward[i][tag] /= scales[i];
            }
        }
    }

    private double reach(int from, int tag) {
        double sum = 0;
        for (int last = 0; last < TAGS; last++) {
            sum += forward[from][last] * transitions[last][tag];
        }
        return sum;
    }

    private void runBackward() {
        int end = backward.length - 1;
        Arrays.fill(backward[end], 1);
        for (int i = end - 1; i >= 0; i--) {
            for (int tag = 0; tag < TAGS; tag++) {
                double sum = 0;
                for (int next = 0; next < TAGS; next++) {
                    sum += transitions[tag][next] * emissions[i + 1][next] * backward[i + 1][next];
                }
                backward[i][tag] = sum / scales[i + 1];
            }
        }
    }
}
