package dev.clinickpi.privacy;

import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.People;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.Figure.Split;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows no figure, component or row that fewer than a minimum group of people stand behind (section 6), each request by itself. Nobody is a
 * group that may be shown: an empty period is no secret.
 */
final class MinimumGroup implements Publication {

    private static final Comparator<Figure.Row> FEWEST_FIRST =
            Comparator.<Figure.Row>comparingInt(row -> people(row).count()).thenComparing(Figure.Row::key);

    private final int minimum;
    private final String reason;

    MinimumGroup(int minimum) {
        this.minimum = minimum;
        this.reason = "Fewer than " + minimum + " people stand behind this figure";
    }

    /** Every request for itself: whoever asks for two may subtract them. */
    @Override
    public ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
        return ReleasedCells.unguarded(cells);
    }

    /** Nothing is kept, so nothing is to be erased. */
    @Override
    public void erase(ClinicId clinic, long patient, long erasures) {}

    @Override
    public void eraseClinic(ClinicId clinic, long erasures) {}

    @Override
    public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
        return results.stream().map(this::release).toList();
    }

    private KpiResult release(ExactResult result) {
        Figure figure = result.figure();
        // That a clinic lacks a setting says nothing of people. To say it now and then would.
        if (figure.status() != Status.NOT_APPLICABLE && isTooFew(result.people())) {
            return result.suppress(reason);
        }
        Set<String> hidden = hiddenRows(figure);
        return result.release(part -> !isTooFew(part.people()), row -> !hidden.contains(row.key()));
    }

    /**
     * The keys of the rows that are withheld. Who takes the shown rows of a partition from its shown total is left with the hidden ones
     * together, so these must be of a group that might itself be shown: further rows are hidden until they are (complementary suppression;
     * Cox, "Suppression methodology and statistical disclosure control", 1980). One person may stand behind several rows, so it is their
     * union that counts.
     */
    private Set<String> hiddenRows(Figure figure) {
        Set<String> hidden = new HashSet<>();
        if (figure.split() == Split.OUTCOME) {
            return hidden;
        }
        People together = new People();
        figure.rows().stream().filter(Figure.Row::isWithheld).forEach(row -> {
            hidden.add(row.key());
            together.addAll(people(row), 1);
        });
        // Fewest first: every row of too few is hidden before it is asked whether they are enough together.
        for (Figure.Row row : figure.rows().stream()
                .filter(row -> !row.isWithheld())
                .sorted(FEWEST_FIRST)
                .toList()) {
            People people = people(row);
            boolean isSubtractable = figure.split() == Split.PARTITION && isTooFew(together);
            if (isTooFew(people) || (isSubtractable && !people.isEmpty())) {
                hidden.add(row.key());
                together.addAll(people, 1);
            }
        }
        return hidden;
    }

    /** A row without people of its own is shown with its figure, and hides nobody. */
    private static People people(Figure.Row row) {
        return row.people() == null ? new People() : row.people();
    }

    private boolean isTooFew(@Nullable People people) {
        return people != null && !people.isEmpty() && people.count() < minimum;
    }
}
