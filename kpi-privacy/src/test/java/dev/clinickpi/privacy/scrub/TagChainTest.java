package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The probabilities of tags against those that come of writing out all sequences of tags. */
class TagChainTest {

    @Property(tries = 200, seed = "20260301")
    void marginalsAreThoseOfAllSequencesTogether(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int length) {
        Random random = new Random(seed);
        double[][] scores = matrix(random, length);
        double[][] transitions = matrix(random, TagChain.TAGS);

        TagChain chain = new TagChain(scores, transitions);

        double[][] single = new double[length][TagChain.TAGS];
        double[][][] pairs = new double[length][TagChain.TAGS][TagChain.TAGS];
        double total = sum(scores, transitions, new int[length], 0, single, pairs);
        for (int i = 0; i < length; i++) {
            for (int tag = 0; tag < TagChain.TAGS; tag++) {
                assertThat(chain.marginal(i, tag)).isCloseTo(single[i][tag] / total, within(1e-9));
                for (int next = 0; next < TagChain.TAGS && i + 1 < length; next++) {
                    assertThat(chain.marginal(i, tag, next)).isCloseTo(pairs[i][tag][next] / total, within(1e-9));
                }
            }
        }
    }

    @Test
    void staysFiniteInALongLineOfLargeScores() {
        double[][] scores = new double[100_000][];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = new double[] {0, i % 3 == 0 ? 300 : -300, i % 3 == 1 ? 300 : -300};
        }

        TagChain chain = new TagChain(scores, new double[3][3]);

        assertThat(chain.marginal(99_999, TagChain.FIRST)).isCloseTo(1, within(1e-6));
        assertThat(chain.marginal(50_000, TagChain.OUTSIDE)).isCloseTo(1, within(1e-6));
    }

    /** The weight of all sequences that continue the given one, added to what its tags and steps have. */
    private static double sum(
            double[][] scores, double[][] transitions, int[] tags, int at, double[][] single, double[][][] pairs) {
        if (at == tags.length) {
            double weight = weight(scores, transitions, tags);
            for (int i = 0; i < tags.length; i++) {
                single[i][tags[i]] += weight;
                if (i + 1 < tags.length) {
                    pairs[i][tags[i]][tags[i + 1]] += weight;
                }
            }
            return weight;
        }
        double sum = 0;
        for (int tag = 0; tag < TagChain.TAGS; tag++) {
            tags[at] = tag;
            sum += sum(scores, transitions, tags, at + 1, single, pairs);
        }
        return sum;
    }

    private static double weight(double[][] scores, double[][] transitions, int[] tags) {
        double score = 0;
        int last = TagChain.OUTSIDE;
        for (int i = 0; i < tags.length; i++) {
            if (tags[i] == TagChain.INSIDE && last == TagChain.OUTSIDE) {
                return 0;
            }
            score += scores[i][tags[i]] + (i == 0 ? 0 : transitions[last][tags[i]]);
            last = tags[i];
        }
        return Math.exp(score);
    }

    private static double[][] matrix(Random random, int rows) {
        double[][] matrix = new double[rows][TagChain.TAGS];
        for (double[] row : matrix) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian() * 2;
            }
        }
        return matrix;
    }
}
