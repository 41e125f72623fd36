package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the conversations that the receptionist answered while the clinic was closed are worth (section 4). */
final class RevenueRecovered {

    static final String ID = "revenue-recovered";

    private RevenueRecovered() {}

    static Figure evaluate(KpiScope scope) {
        Clinic clinic = scope.clinic();
        if (clinic.openingHours().isEmpty()) {
            return Figure.notApplicable("The clinic has no opening hours");
        }
        if (clinic.averageRevenuePerVisit().isEmpty()) {
            return Figure.notApplicable("The clinic has no average revenue per visit");
        }
        if (!isEvenlyPriced(scope)) {
            scope.withhold();
        }
        long recovered = scope.count(Measure.RECOVERED);
        long conversations = scope.count(Measure.CONVERSATIONS);
        BigDecimal converted = BigDecimal.valueOf(scope.count(Measure.CONVERTED));
        BigDecimal value = Figure.divide(worth(scope).multiply(converted), BigDecimal.valueOf(conversations))
                .orElse(BigDecimal.ZERO);
        BigDecimal rate =
                Figure.divide(converted, BigDecimal.valueOf(conversations)).orElse(null);
        Figure figure = Figure.of(value, recovered)
                .with("recoveredConversations", recovered)
                .with("conversionRate", rate, scope.people(Measure.CONVERSATIONS));
        return withBooked(scope, withMeasured(scope, figure));
    }

    private static Figure withMeasured(KpiScope scope, Figure figure) {
        return scope.isReleased(Measure.RECOVERED_CONVERTED)
                ? figure.with("measured", worth(scope, Measure.RECOVERED_CONVERTED))
                : figure.withWithheld("measured");
    }

    private static Figure withBooked(KpiScope scope, Figure figure) {
        if (!scope.isReleased(Measure.RECOVERED_VALUE) || !scope.showsMoney(Measure.RECOVERED_VALUE)) {
            return figure.withWithheld("booked");
        }
        Booked booked = Booked.of(scope);
        Figure withSum = figure.with("booked", booked.sum, booked.payers);
        return booked.unpriced == 0 ? withSum : withSum.with("unpriced", booked.unpriced);
    }

    /**
     * Whether the average revenue per visit is one and the same wherever days may not be told apart. Where it changes among them, what recovered
     * conversations are worth and how many they are would tell how many began before the change.
     */
    private static boolean isEvenlyPriced(KpiScope scope) {
        Span span = scope.coverage().span();
        LocalDays days = LocalDays.in(scope.clinic().zone());
        return scope.clinic().averageRevenuePerVisit().byDate().keySet().stream()
                .map(from -> Instant.ofEpochMilli(days.start(from.toEpochDay())))
                .filter(from -> span.from().isBefore(from) && from.isBefore(span.to()))
                .allMatch(from -> scope.isBorder(Measure.RECOVERED, from));
    }

    /** The recovered conversations, each at its day's average revenue per visit. */
    static BigDecimal worth(KpiScope scope) {
        return worth(scope, Measure.RECOVERED);
    }

    /** The conversations of a measure, each at its day's average revenue per visit; a day before the first average counts 0. */
    private static BigDecimal worth(KpiScope scope, Measure measure) {
        Map<LocalDate, Long> byDay = new HashMap<>();
        scope.forEach(measure, (date, dimension, cell) -> byDay.merge(date, cell.count(), Long::sum));
        BigDecimal worth = BigDecimal.ZERO;
        for (Map.Entry<LocalDate, Long> day : byDay.entrySet()) {
            BigDecimal average =
                    scope.clinic().averageRevenuePerVisit().on(day.getKey()).orElse(BigDecimal.ZERO);
            worth = worth.add(average.multiply(BigDecimal.valueOf(day.getValue())));
        }
        return worth;
    }

    /** The values of completed appointments that name a recovered conversation, at the rate of the day that each starts on. */
    private static final class Booked {

        private BigDecimal sum = BigDecimal.ZERO;
        private final People payers = new People();
        private long unpriced;

        static Booked of(KpiScope scope) {
            Booked booked = new Booked();
            String currency = scope.clinic().currency();
            scope.forEach(Measure.RECOVERED_VALUE, (date, dimension, cell) -> {
                BigDecimal amount =
                        cell.sum() == null ? BigDecimal.ZERO : cell.sum().toBigDecimal();
                LocalDate startsOn = LocalDate.ofEpochDay(dimension.moment());
                Optional<BigDecimal> priced =
                        scope.directory().convert(amount, dimension.currency(), currency, startsOn);
                if (priced.isPresent()) {
                    booked.sum = booked.sum.add(priced.get());
                    if (cell.people() != null) {
                        booked.payers.addAll(cell.people(), 1);
                    }
                } else {
                    booked.unpriced += cell.count();
                }
            });
            return booked;
        }
    }
}
