package dev.clinickpi.privacy.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A clinic in Madrid with two conversations a day of March, each of another patient. */
class ReleasedCopiesTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final int MINIMUM = 5;

    private final PublicationStore store = PublicationStore.inMemory();
    private final CellTable cells = new CellTable(LocalDays.in(MADRID));

    @Test
    void periodsShrinkToBlocksOfEnoughPeople() {
        conversations(1, 10);
        ReleasedCells released = copies().of(SOL, noon(11), cells.snapshot(), 0);

        assertThat(snapped(released, 1, 11)).isEqualTo(days(1, 10));
        assertThat(snapped(released, 2, 9)).isEqualTo(days(4, 7));
        assertThat(snapped(released, 2, 4)).isNull();
        assertThat(snapped(released, 7, 10)).isEqualTo(days(7, 10));
        assertThat(released.cells().count(Measure.CONVERSATIONS, at(1), at(32))).isEqualTo(18);
    }

    @Test
    void whatIsCutStaysCutWhateverComesLate() {
        conversations(1, 10);
        copies().of(SOL, noon(11), cells.snapshot(), 0);
        for (int patient = 900; patient < 904; patient++) {
            conversation(2, patient);
        }
        ReleasedCells tomorrow = copies().of(SOL, noon(12), cells.snapshot(), 0);

        assertThat(snapped(tomorrow, 1, 4)).isEqualTo(days(1, 4));
        assertThat(tomorrow.cells().count(Measure.PENDING, at(1), at(4))).isEqualTo(6);

        conversation(2, 904);
        ReleasedCells later = copies().of(SOL, noon(13), cells.snapshot(), 0);

        assertThat(later.cells().count(Measure.PENDING, at(1), at(4))).isEqualTo(11);
        assertThat(later.cells().count(Measure.CONVERSATIONS, at(1), at(4))).isEqualTo(11);
    }

    @Test
    void historyThatComesLaterIsCutBeforeWhatWas() {
        conversations(11, 20);
        copies().of(SOL, noon(21), cells.snapshot(), 0);
        conversations(1, 10);
        ReleasedCells released = copies().of(SOL, noon(21).plusSeconds(1), cells.snapshot(), 0);

        assertThat(snapped(released, 11, 14)).isEqualTo(days(11, 14));
        assertThat(snapped(released, 1, 14)).isEqualTo(days(1, 14));
        assertThat(snapped(released, 1, 4)).isEqualTo(days(1, 4));
    }

    @Test
    void enginesOnOneStoreCutTheSame() {
        conversations(1, 10);
        ReleasedCopies one = copies();
        ReleasedCopies other = copies();
        one.of(SOL, noon(11), cells.snapshot(), 0);
        conversations(11, 20);
        other.of(SOL, noon(21), cells.snapshot(), 0);

        assertThat(snapped(one.of(SOL, noon(21), cells.snapshot(), 0), 1, 21))
                .isEqualTo(snapped(other.of(SOL, noon(21), cells.snapshot(), 0), 1, 21));
        assertThat(Objects.requireNonNull(store.load(SOL, 0)).version()).isEqualTo(2);
    }

    @Test
    void thePastReleasesNothing() {
        conversations(1, 20);
        copies().of(SOL, noon(11), cells.snapshot(), 0);
        long version = Objects.requireNonNull(store.load(SOL, 0)).version();
        copies().of(SOL, noon(5), new CellTable(LocalDays.in(MADRID)), 0);

        assertThat(Objects.requireNonNull(store.load(SOL, 0)).version()).isEqualTo(version);
    }

    @Test
    void withoutItsStateThereIsNoAnswer() {
        conversations(1, 10);
        Failing failing = new Failing();
        ReleasedCopies copies = new ReleasedCopies(failing, MINIMUM);
        failing.isDown = true;
        assertThatThrownBy(() -> copies.of(SOL, noon(11), cells.snapshot(), 0)).hasMessage("down");
        failing.isDown = false;
        copies.of(SOL, noon(11), cells.snapshot(), 0);
        failing.kept = null;
        assertThatThrownBy(() -> copies.of(SOL, noon(12), cells.snapshot(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is gone from its store");
    }

    @Test
    void withAnOlderStateThereIsNoAnswer() {
        conversations(1, 10);
        Failing failing = new Failing();
        ReleasedCopies copies = new ReleasedCopies(failing, MINIMUM);
        copies.of(SOL, noon(11), cells.snapshot(), 0);
        PublicationStore.Kept older = failing.kept;
        conversations(11, 20);
        copies.of(SOL, noon(21), cells.snapshot(), 0);
        failing.kept = older;

        assertThatThrownBy(() -> copies.of(SOL, noon(22), cells.snapshot(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has an older state");
        assertThatThrownBy(() -> copies.erase(SOL, 4, 1)).hasMessageContaining("has an older state");
    }

    @Test
    void whatCannotBeSavedIsNotShown() {
        conversations(1, 10);
        Failing failing = new Failing();
        ReleasedCopies copies = new ReleasedCopies(failing, MINIMUM);
        failing.isReadOnly = true;
        assertThatThrownBy(() -> copies.of(SOL, noon(11), cells.snapshot(), 0)).hasMessage("read-only");
        failing.isReadOnly = false;
        assertThat(snapped(copies.of(SOL, noon(11), cells.snapshot(), 0), 1, 10))
                .isEqualTo(days(1, 10));
    }

    @Test
    void anErasedPatientIsInNothingThatIsKept() {
        conversations(1, 10);
        conversation(5, 4);
        copies().of(SOL, noon(11), cells.snapshot(), 0);
        assertThat(kept()).contains(4, 5);

        copies().erase(SOL, 4, 1);

        assertThat(kept()).doesNotContain(4).contains(5);
        ReleasedCells after = copies().of(SOL, noon(12), cells.snapshot(), 0);
        assertThat(after.cells().people(Measure.CONVERSATIONS, at(1), at(4)).count())
                .isEqualTo(6);
        assertThat(after.cells().people(Measure.CONVERSATIONS, at(1), at(7)).count())
                .isEqualTo(12);
        assertThat(pending(after)).isEqualTo(6);
    }

    @Test
    void anErasedPatientIsNotAmongThoseWhoHaveChangedEither() {
        CopyState state = new CopyState(LocalDays.in(MADRID));
        Map<String, Set<Integer>> step = Map.of("dental", new HashSet<>(Set.of(4, 5)));
        state.verticals.add(new RowBlock(List.of(new RowBlock.Part(at(1), at(4))), Set.of("dental"), List.of(step)));
        store.save(SOL, 1, state.encode());

        copies().erase(SOL, 4, 1);

        assertThat(kept()).hasSize(2).contains(5).doesNotContain(4);
    }

    /** An engine that has not learnt of the erasure yet. */
    @Test
    void cellsFromBeforeAnErasureReleaseNothing() {
        conversations(1, 10);
        copies().of(SOL, noon(11), cells.snapshot(), 0);
        copies().erase(SOL, 4, 1);
        conversations(11, 20);
        conversation(12, 4);

        ReleasedCells stale = copies().of(SOL, noon(21), cells.snapshot(), 0);

        assertThat(stale.cells().count(Measure.CONVERSATIONS, at(1), at(32))).isEqualTo(18);
        assertThat(kept()).doesNotContain(4);
        conversation(2, 4, -1);
        conversation(12, 4, -1);
        assertThat(copies().of(SOL, noon(21), cells.snapshot(), 1).cells().count(Measure.CONVERSATIONS, at(10), at(32)))
                .isEqualTo(18);
        assertThat(kept()).doesNotContain(4);
    }

    /** To be erased is one more change, and no more than that: nobody learns what the erased patient was part of. */
    @Test
    void whoWasErasedIsShownWithEnoughOthersAlone() {
        conversations(1, 10);
        copies().of(SOL, noon(11), cells.snapshot(), 0);
        copies().erase(SOL, 4, 1);
        conversation(2, 4, -1);
        for (int patient = 900; patient < 903; patient++) {
            conversation(2, patient);
        }
        assertThat(pending(copies().of(SOL, noon(12), cells.snapshot(), 1))).isEqualTo(6);

        conversation(2, 903);

        assertThat(pending(copies().of(SOL, noon(13), cells.snapshot(), 1))).isEqualTo(9);
    }

    /** Of what is shown nothing has changed by it: an erasure must not let fewer others be told from what was shown before. */
    @Test
    void whoIsErasedAndStaysCountedHasNotChanged() {
        conversations(1, 10);
        copies().of(SOL, noon(11), cells.snapshot(), 0);
        copies().erase(SOL, 4, 1);
        cells.disown(4);
        for (int patient = 900; patient < 904; patient++) {
            conversation(2, patient);
        }
        assertThat(pending(copies().of(SOL, noon(12), cells.snapshot(), 1))).isEqualTo(6);

        conversation(2, 904);

        assertThat(pending(copies().of(SOL, noon(13), cells.snapshot(), 1))).isEqualTo(11);
        assertThat(kept()).doesNotContain(4).contains(904);
    }

    @Test
    void nothingIsKeptOfAnErasedClinic() {
        conversations(1, 10);
        ReleasedCopies other = copies();
        other.of(SOL, noon(11), cells.snapshot(), 0);
        long version = Objects.requireNonNull(store.load(SOL, 0)).version();
        CellTable none = new CellTable(LocalDays.in(MADRID));

        copies().eraseClinic(SOL, 1);

        assertThat(kept()).isEmpty();
        assertThat(Objects.requireNonNull(store.load(SOL, 0)).version()).isGreaterThan(version);
        assertThat(other.of(SOL, noon(12), cells.snapshot(), 0).cells().cells()).isZero();
        assertThat(other.of(SOL, noon(12), none, 1).cells().cells()).isZero();
        assertThat(kept()).isEmpty();
    }

    private static long pending(ReleasedCells released) {
        return released.cells().count(Measure.PENDING, at(1), at(4));
    }

    /** The hashes of all who are in the state that is kept. */
    private Set<Integer> kept() {
        CopyState state =
                CopyState.decode(Objects.requireNonNull(store.load(SOL, 0)).state(), LocalDays.in(MADRID));
        Set<Integer> hashes = new HashSet<>();
        for (CellTable table : List.of(state.totals, state.rows)) {
            table.forEach((key, cell) -> {
                if (cell.people() != null) {
                    cell.people().forEachHash(hashes::add);
                }
            });
        }
        state.verticals.forEach(
                block -> block.changes().forEach(step -> step.values().forEach(hashes::addAll)));
        return hashes;
    }

    private ReleasedCopies copies() {
        return new ReleasedCopies(store, MINIMUM);
    }

    private void conversations(int first, int last) {
        for (int day = first; day <= last; day++) {
            conversation(day, 2 * day);
            conversation(day, 2 * day + 1);
        }
    }

    private void conversation(int day, int patient) {
        conversation(day, patient, 1);
    }

    private void conversation(int day, int patient, int times) {
        long start = at(day) + 10 * 3_600_000L;
        cells.person(Measure.CONVERSATIONS, start, Dimension.NONE, patient, times);
        cells.person(Measure.PENDING, start, Dimension.NONE, patient, times);
    }

    private static @Nullable Span snapped(ReleasedCells released, int from, int to) {
        Coverage coverage = released.snap(Measure.CONVERSATIONS, new Coverage(days(from, to), false, false));
        return coverage == null ? null : coverage.span();
    }

    private static Span days(int from, int to) {
        return new Span(Instant.ofEpochMilli(at(from)), Instant.ofEpochMilli(at(to)));
    }

    private static long at(int day) {
        return LocalDate.of(2026, 3, 1)
                .plusDays(day - 1L)
                .atStartOfDay(MADRID)
                .toInstant()
                .toEpochMilli();
    }

    private static Instant noon(int day) {
        return Instant.ofEpochMilli(at(day) + 12 * 3_600_000L);
    }

    /** A store that can be taken away. */
    private static final class Failing implements PublicationStore {

        private boolean isDown;
        private boolean isReadOnly;
        private @Nullable Kept kept;

        @Override
        public @Nullable Kept load(ClinicId clinic, long known) {
            if (isDown) {
                throw new IllegalStateException("down");
            }
            return kept;
        }

        @Override
        public boolean save(ClinicId clinic, long version, byte[] state) {
            if (isReadOnly) {
                throw new IllegalStateException("read-only");
            }
            kept = new Kept(version, state);
            return true;
        }
    }
}
