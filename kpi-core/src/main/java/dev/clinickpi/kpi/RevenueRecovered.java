package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.Clinic;
import java.math.BigDecimal;
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
        long recovered = scope.count(Measure.RECOVERED);
        long conversations = scope.count(Measure.CONVERSATIONS);
        BigDecimal converted = BigDecimal.valueOf(scope.count(Measure.CONVERTED));
        BigDecimal value = Figure.divide(worth(scope).multiply(converted), BigDecimal.valueOf(conversations))
                .orElse(BigDecimal.ZERO);
        BigDecimal rate =
                Figure.divide(converted, BigDecimal.valueOf(conversations)).orElse(null);
        Booked booked = Booked.of(scope);
        Figure figure = Figure.of(value, recovered)
                .with("recoveredConversations", recovered)
                .with("conversionRate", rate, scope.people(Measure.CONVERSATIONS))
                .with("measured", worth(scope, Measure.RECOVERED_CONVERTED))
                .with("booked", booked.sum, booked.payers);
        return booked.unpriced == 0 ? figure : figure.with("unpriced", booked.unpriced);
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
