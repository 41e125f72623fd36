package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.CellCodec;
import dev.clinickpi.cell.CellKey;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.People;
import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.time.LocalDays;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** All that publication has released of one clinic, while it is brought up to date. One thread at a time. */
final class CopyState {

    private static final int FORM = 4;

    /** A row may be of no label, which is no label to write. */
    private static final String KEY = "=";

    final Map<Stratum, Grid> grids = new EnumMap<>(Stratum.class);
    final CellTable totals;
    final CellTable rows;

    /** By vertical and by service. */
    final List<RowBlock> verticals = new ArrayList<>();

    final List<RowBlock> services = new ArrayList<>();

    /** The moment that it was brought up to date at last, in epoch milliseconds; 0 before the first. */
    long asOf;

    /** The local day on which restatements were looked for last, in days since the epoch; 0 before the first. */
    long restatedOn;

    /** The first month that is not released of any cohort, in months since year 0; 0 before the first. */
    long monthsEnd;

    /** How often something of the clinic had been erased from the log, as far as is known here. */
    long erasures;

    CopyState(LocalDays days) {
        totals = new CellTable(days);
        rows = new CellTable(days);
        for (Stratum stratum : Stratum.values()) {
            grids.put(stratum, Grid.EMPTY);
        }
    }

    Grid grid(Stratum stratum) {
        return grids.getOrDefault(stratum, Grid.EMPTY);
    }

    /**
     * Puts somebody else in a person's place, wherever that is: at random, so that nobody can tell who it was, and the same everywhere, since a second one would count as
     * two people.
     */
    void replace(int person, Random strangers) {
        Set<Integer> known = new HashSet<>();
        for (CellTable table : List.of(totals, rows)) {
            table.forEach((key, cell) -> forEachHash(cell, known::add));
        }
        int stranger = strangers.nextInt();
        while (stranger == person || known.contains(stranger)) {
            stranger = strangers.nextInt();
        }
        replace(totals, person, stranger);
        replace(rows, person, stranger);
        for (RowBlock block : verticals) {
            block.replace(person, stranger);
        }
    }

    private static void replace(CellTable table, int person, int stranger) {
        Map<CellKey, Cell> deltas = new HashMap<>();
        table.forEach((key, cell) -> {
            People people = cell.people();
            long times = people == null ? 0 : people.times(person);
            if (times != 0) {
                Cell delta = new Cell();
                delta.addPerson(person, -times);
                delta.addPerson(stranger, times);
                deltas.put(key, delta);
            }
        });
        deltas.forEach((key, delta) -> table.add(key, delta, 1));
    }

    private static void forEachHash(Cell cell, IntConsumer consumer) {
        People people = cell.people();
        if (people != null) {
            people.forEachHash(consumer);
        }
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter()
                .code(FORM)
                .signed(asOf)
                .signed(restatedOn)
                .number(monthsEnd)
                .number(erasures);
        for (Stratum stratum : Stratum.values()) {
            long[] borders = grid(stratum).borders();
            out.number(borders.length);
            for (long border : borders) {
                out.instant(border);
            }
        }
        write(totals, out);
        write(rows, out);
        write(verticals, out);
        write(services, out);
        return out.toBytes();
    }

    /**
     * The state of bytes that {@link #encode} gave.
     *
     * @throws IllegalArgumentException if they are none of this form
     */
    static CopyState decode(byte[] bytes, LocalDays days) {
        ByteReader in = new ByteReader(bytes, "a publication's state");
        in.require(in.code() == FORM, "of another form");
        CopyState state = new CopyState(days);
        state.asOf = in.signed();
        state.restatedOn = in.signed();
        state.monthsEnd = in.number();
        state.erasures = in.number();
        for (Stratum stratum : Stratum.values()) {
            long[] borders = new long[in.size()];
            for (int i = 0; i < borders.length; i++) {
                borders[i] = in.instant();
            }
            state.grids.put(stratum, Grid.of(borders));
        }
        state.totals.replaceDays(readDays(in));
        state.rows.replaceDays(readDays(in));
        state.verticals.addAll(readBlocks(in));
        state.services.addAll(readBlocks(in));
        in.end();
        return state;
    }

    private static void write(Cells cells, ByteWriter out) {
        Set<Long> days = new TreeSet<>();
        cells.forEach((key, cell) -> days.add(CellCodec.dayOf(key.slice())));
        out.number(days.size());
        for (long day : days) {
            byte[] bytes = CellCodec.encodeDay(cells, day);
            out.signed(day).bytes(bytes);
        }
    }

    private static Map<Long, byte[]> readDays(ByteReader in) {
        Map<Long, byte[]> days = new HashMap<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            long day = in.signed();
            days.put(day, in.bytes());
        }
        return days;
    }

    private static void write(List<RowBlock> blocks, ByteWriter out) {
        out.number(blocks.size());
        for (RowBlock block : blocks) {
            out.number(block.parts().size());
            block.parts().forEach(part -> out.instant(part.from()).instant(part.to()));
            out.number(block.shown().size());
            new TreeSet<>(block.shown()).forEach(row -> out.label(KEY + row));
            out.number(block.changes().size());
            for (Map<String, Set<Integer>> step : block.changes()) {
                out.number(step.size());
                new TreeMap<>(step).forEach((row, people) -> {
                    out.label(KEY + row).number(people.size());
                    new TreeSet<>(people).forEach(out::signed);
                });
            }
        }
    }

    private static List<RowBlock> readBlocks(ByteReader in) {
        List<RowBlock> blocks = new ArrayList<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            List<RowBlock.Part> parts = new ArrayList<>();
            int pieces = in.size();
            for (int piece = 0; piece < pieces; piece++) {
                parts.add(new RowBlock.Part(in.instant(), in.instant()));
            }
            Set<String> shown = new HashSet<>();
            int rows = in.size();
            for (int row = 0; row < rows; row++) {
                shown.add(in.label().substring(KEY.length()));
            }
            blocks.add(new RowBlock(parts, shown, readSteps(in)));
        }
        return blocks;
    }

    private static List<Map<String, Set<Integer>>> readSteps(ByteReader in) {
        List<Map<String, Set<Integer>>> steps = new ArrayList<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            Map<String, Set<Integer>> step = new TreeMap<>();
            int rows = in.size();
            for (int row = 0; row < rows; row++) {
                String label = in.label().substring(KEY.length());
                Set<Integer> people = new HashSet<>();
                int count = in.size();
                for (int person = 0; person < count; person++) {
                    people.add((int) in.signed());
                }
                step.put(label, people);
            }
            steps.add(step);
        }
        return steps;
    }
}
