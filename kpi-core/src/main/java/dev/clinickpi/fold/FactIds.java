package dev.clinickpi.fold;

import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import java.util.stream.LongStream;

/**
 * A growing set of facts' keyed ids. A producer's clock may have whole seconds, so two messages of one instant are told apart by their ids and by
 * nothing else. Keyed ids are evenly spread: their low bits are the place to look first.
 */
final class FactIds {

    private static final int LEAST_CAPACITY = 4;
    private static final long[] EMPTY = {};

    /** 0 is an empty place. */
    private long[] places = EMPTY;

    private int size;
    private boolean hasZero;

    /** Adds an id; false if it was there. */
    boolean add(long id) {
        if (id == 0) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        if (2 * size >= places.length) {
            grow();
        }
        boolean isNew = put(id);
        size += isNew ? 1 : 0;
        return isNew;
    }

    private boolean put(long id) {
        int mask = places.length - 1;
        int place = (int) id & mask;
        while (places[place] != 0) {
            if (places[place] == id) {
                return false;
            }
            place = (place + 1) & mask;
        }
        places[place] = id;
        return true;
    }

    void write(ByteWriter out) {
        long[] ids = LongStream.of(places).filter(id -> id != 0).sorted().toArray();
        out.code(hasZero ? 1 : 0).number(ids.length);
        for (long id : ids) {
            out.id(id);
        }
    }

    void read(ByteReader in) {
        hasZero = in.code() == 1;
        for (int left = in.size(); left > 0; left--) {
            add(in.id());
        }
    }

    private void grow() {
        long[] before = places;
        places = new long[Math.max(LEAST_CAPACITY, 2 * before.length)];
        for (long id : before) {
            if (id != 0) {
                put(id);
            }
        }
    }
}
