package dev.clinickpi.privacy.publication;

import java.util.Set;

/** The people of a row in a block, who lie between the two. */
final class RowEdge {

    private final Integer block;
    private final String row;
    private final Set<Integer> people;

    RowEdge(Integer block, String row, Set<Integer> people) {
        this.block = block;
        this.row = row;
        this.people = Set.copyOf(people);
    }

    Integer block() {
        return block;
    }

    String row() {
        return row;
    }

    Set<Integer> people() {
        return people;
    }

    /** The end that is not this one. */
    Object other(Object end) {
        return end.equals(block) ? row : block;
    }
}
