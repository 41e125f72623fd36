package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.time.LocalDays;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Publication} must hold, whatever else it withholds (section 6). A test class of the implementation implements this interface and
 * inherits its tests, which publish the figures of the golden cases.
 */
public interface PublicationContract {

    /** A publication that has released nothing yet. */
    Publication newPublication();

    /** The least number of people that a figure needs. */
    default int minimumGroup() {
        return 5;
    }

    /** Asked for nothing, it gives nothing. */
    @Test
    default void releasesNothingOfNothing() {
        GoldenCase golden = GoldenCase.all().get(0);
        assertThat(newPublication().release(request(golden), List.of())).isEmpty();
    }

    /** Every figure has its result, in the same order. */
    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    default void answersForEveryFigure(GoldenCase golden) {
        List<ExactResult> exact = exact(golden);

        assertThat(newPublication().release(request(golden), exact))
                .extracting(KpiResult::id)
                .isEqualTo(
                        exact.stream().map(result -> result.definition().id()).toList());
    }

    /** A volume is always shown as it is. */
    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    default void showsVolumes(GoldenCase golden) {
        List<ExactResult> volumes =
                exact(golden).stream().filter(result -> result.people() == null).toList();

        List<KpiResult> results = newPublication().release(request(golden), volumes);

        assertThat(results)
                .extracting(KpiResult::value)
                .isEqualTo(
                        volumes.stream().map(volume -> volume.figure().value()).toList());
    }

    /** Nothing is shown that fewer stand behind: no figure, no component, no row. */
    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    default void showsNothingOfTooFew(GoldenCase golden) {
        List<ExactResult> exact = exact(golden);
        List<KpiResult> results = newPublication().release(request(golden), exact);
        for (int i = 0; i < exact.size(); i++) {
            ExactResult hidden = exact.get(i);
            KpiResult result = results.get(i);
            if (tooFew(hidden.people())) {
                assertSuppressed(result);
            }
            for (Figure.Part part : hidden.figure().components()) {
                if (tooFew(part.people())) {
                    assertThat(result.component(part.id()))
                            .as(result.id() + " " + part.id())
                            .isEmpty();
                }
            }
            for (Figure.Row row : hidden.figure().rows()) {
                if (hidden.figure().split() != Figure.Split.OUTCOME && tooFew(row.people())) {
                    assertThat(result.row(row.key()).map(KpiResult.Row::value))
                            .as(result.id() + " " + row.key())
                            .isEmpty();
                }
            }
        }
    }

    /** The hidden rows of a shown total are of enough people together, or all of it could be had by subtraction. */
    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    default void hidesEnoughRowsTogether(GoldenCase golden) {
        List<ExactResult> exact = exact(golden);
        List<KpiResult> results = newPublication().release(request(golden), exact);
        for (int i = 0; i < exact.size(); i++) {
            Figure figure = exact.get(i).figure();
            KpiResult result = results.get(i);
            if (figure.split() == Figure.Split.PARTITION && result.status() == Status.OK) {
                People hidden = new People();
                List<String> shown = new ArrayList<>();
                for (Figure.Row row : figure.rows()) {
                    if (result.row(row.key()).map(KpiResult.Row::value).isPresent()) {
                        shown.add(row.key());
                    } else if (row.people() != null) {
                        hidden.addAll(row.people(), 1);
                    }
                }
                assertThat(tooFew(hidden)).as(result.id() + " beside " + shown).isFalse();
            }
        }
    }

    /** Who was never released can be erased, and twice, and it goes on answering. */
    @Test
    default void erasesWhomItNeverKnew() {
        ClinicId clinic = GoldenCase.all().get(0).clinic();
        Publication publication = newPublication();
        publication.erase(clinic, 7, 1);
        publication.erase(clinic, 7, 1);
        publication.eraseClinic(clinic, 2);
        publication.eraseClinic(clinic, 2);
        CellTable none = new CellTable(LocalDays.in(ZoneOffset.UTC));
        Instant now = GoldenCase.all().get(0).asOf();

        assertThat(publication.released(clinic, now, none, 0).cells().cells()).isZero();
        assertThat(publication.released(clinic, now, none, 2).cells().cells()).isZero();
    }

    private boolean tooFew(@Nullable People people) {
        return people != null && people.count() > 0 && people.count() < minimumGroup();
    }

    private static void assertSuppressed(KpiResult result) {
        assertThat(result.status()).as(result.id()).isEqualTo(Status.SUPPRESSED);
        assertThat(result.reason()).as(result.id()).isNotBlank();
        assertThat(result.value()).as(result.id()).isNull();
        assertThat(result.numerator()).as(result.id()).isNull();
        assertThat(result.denominator()).as(result.id()).isNull();
        assertThat(result.n()).as(result.id()).isNull();
        assertThat(result.unit()).as(result.id()).isNull();
        assertThat(result.verdict()).as(result.id()).isNull();
        assertThat(result.components()).as(result.id()).isEmpty();
        assertThat(result.breakdown()).as(result.id()).isEmpty();
    }

    private static PublicationRequest request(GoldenCase golden) {
        return new PublicationRequest(golden.clinic(), golden.period(), golden.asOf());
    }

    private static List<ExactResult> exact(GoldenCase golden) {
        ExactEngine engine = new ExactEngine(golden.set().directory(), golden.asOf());
        engine.record(golden.set().events());
        return List.copyOf(
                engine.exact(golden.clinic(), KpiRequest.of(golden.period())).values());
    }
}
