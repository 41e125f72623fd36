package dev.clinickpi.privacy.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sums of groups say of the sums of the sets that they are made of, none of which is negative. The greatest value of one is taken at a vertex, where no
 * more sets are other than 0 than there are independent sums; with seven sets and four groups at the most, all vertices can be looked at.
 */
final class SumsOfSets {

    private final List<boolean[]> memberships;
    private final double[] sums;

    /**
     * The sums of some groups.
     *
     * @param memberships in which groups each set stands
     * @param sums one for each group
     */
    SumsOfSets(List<boolean[]> memberships, double[] sums) {
        this.memberships = memberships;
        this.sums = sums;
    }

    /** The greatest sum that a set may have. */
    double greatest(int set) {
        int independent = rank();
        double greatest = 0;
        for (int chosen = 1; chosen < 1 << memberships.size(); chosen++) {
            if (Integer.bitCount(chosen) == independent && (chosen >> set & 1) == 1) {
                double[] vertex = vertex(chosen);
                greatest = vertex == null ? greatest : Math.max(greatest, vertex[set]);
            }
        }
        return greatest;
    }

    private int rank() {
        int rank = 0;
        double[][] rows = rows();
        for (int set = 0; set < memberships.size() && rank < rows.length; set++) {
            rank += eliminate(rows, set, rank) ? 1 : 0;
        }
        return rank;
    }

    /** The sums of the sets where all but the chosen ones are 0; null where there are none, or one would be negative. */
    private double @Nullable [] vertex(int chosen) {
        double[][] rows = rows();
        double[] vertex = new double[memberships.size()];
        int[] rowOf = new int[vertex.length];
        int rank = 0;
        for (int set = 0; set < vertex.length; set++) {
            if ((chosen >> set & 1) == 1) {
                if (!eliminate(rows, set, rank)) {
                    return null;
                }
                rowOf[set] = rank++;
            }
        }
        for (int set = 0; set < vertex.length; set++) {
            if ((chosen >> set & 1) == 1) {
                double[] row = rows[rowOf[set]];
                vertex[set] = row[row.length - 1] / row[set];
                if (vertex[set] < -Estimates.HAIR) {
                    return null;
                }
            }
        }
        return vertex;
    }

    /** A row for each group: its sets, and its sum. */
    private double[][] rows() {
        double[][] rows = new double[sums.length][memberships.size() + 1];
        for (int group = 0; group < sums.length; group++) {
            for (int set = 0; set < memberships.size(); set++) {
                rows[group][set] = memberships.get(set)[group] ? 1 : 0;
            }
            rows[group][memberships.size()] = sums[group];
        }
        return rows;
    }

    /** Leaves a set in one row alone, which goes to a place; false where it is in none from that place on. */
    private static boolean eliminate(double[][] rows, int set, int place) {
        int pivot = place;
        for (int row = place; row < rows.length; row++) {
            pivot = Math.abs(rows[row][set]) > Math.abs(rows[pivot][set]) ? row : pivot;
        }
        if (place == rows.length || Math.abs(rows[pivot][set]) < Estimates.HAIR) {
            return false;
        }
        double[] found = rows[pivot];
        rows[pivot] = rows[place];
        rows[place] = found;
        for (double[] row : rows) {
            double factor = row == found ? 0 : row[set] / found[set];
            for (int i = 0; factor != 0 && i < row.length; i++) {
                row[i] -= factor * found[i];
            }
        }
        return true;
    }
}
