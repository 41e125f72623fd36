package dev.clinickpi.example.dashboard;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the parameters of a request ask for. Each method throws {@link Refused} where a parameter does not hold. */
final class Question {

    private static final int MOST_DAYS = 3_660;

    private static final int MOST_STEPS = 1_000;

    private Question() {}

    /** The period of {@code days}, which ends with today, or of {@code from} and {@code to}; without either the last 30 days. */
    static Period period(Context request, ClinicDashboard dashboard) {
        String from = request.queryParam("from");
        String to = request.queryParam("to");
        try {
            if (from != null && to != null) {
                return bounded(new Period(LocalDate.parse(from), LocalDate.parse(to)));
            }
            String days = request.queryParam("days");
            return bounded(Period.lastDays(days == null ? 30 : Integer.parseInt(days), dashboard.today()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Refused(400, "period");
        }
    }

    private static Period bounded(Period period) {
        boolean holds = ChronoUnit.DAYS.between(period.from(), period.to()) <= MOST_DAYS
                && period.from().getYear() >= 1990
                && period.to().getYear() <= 2199;
        if (!holds) {
            throw new IllegalArgumentException("The period is out of range");
        }
        return period;
    }

    static KpiRequest request(Context request, ClinicDashboard dashboard) {
        return KpiRequest.of(period(request, dashboard));
    }

    static KpiDefinition kpi(@Nullable String id) {
        return Kpi.ALL.stream()
                .filter(kpi -> kpi.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(400, "kpi"));
    }

    /** The grain of a series over a period; days unless it is said. */
    static Grain grain(Context request, Period period) {
        Grain grain = find(Grain.values(), request.queryParam("grain"), Grain.DAY)
                .orElseThrow(() -> new Refused(400, "grain"));
        long days = ChronoUnit.DAYS.between(period.from(), period.to());
        if ((grain == Grain.HOUR ? 24 * days : grain == Grain.DAY ? days : days / 7) > MOST_STEPS) {
            throw new Refused(400, "grain");
        }
        return grain;
    }

    /** One of a few words in lower case; what it is unless it is said. */
    static <E extends Enum<E>> Optional<E> find(E[] values, @Nullable String word, E unlessSaid) {
        return word == null
                ? Optional.of(unlessSaid)
                : Arrays.stream(values)
                        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst();
    }
}
