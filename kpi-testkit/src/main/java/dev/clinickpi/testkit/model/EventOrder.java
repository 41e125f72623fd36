package dev.clinickpi.testkit.model;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Section 1, "latest": by {@code at}; events of one instant in the order in which the table lists their values, then by their other
 * values in the table's order, what is absent first. Never by an id, so what these comparators hold equal differs in ids alone.
 */
final class EventOrder {

    /** Words by code point, which {@link String#compareTo} is not beyond the basic plane. */
    static final Comparator<String> WORDS =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private static final Comparator<Money> MONEY = comparing(Money::amount).thenComparing(Money::currency, WORDS);

    /** A message's text orders nothing: it is gone before anything is kept. */
    static final Comparator<KpiEvent.Message> MESSAGES = comparing(KpiEvent.Message::at)
            .thenComparing(KpiEvent.Message::from)
            .thenComparing(KpiEvent.Message::vertical, nullsFirst(WORDS));

    static final Comparator<KpiEvent.LeadScored> SCORES =
            comparing(KpiEvent.LeadScored::at).thenComparing(KpiEvent.LeadScored::tier);

    static final Comparator<KpiEvent.Appointment> APPOINTMENTS = comparing(KpiEvent.Appointment::at)
            .thenComparing(KpiEvent.Appointment::status)
            .thenComparing(KpiEvent.Appointment::startsAt)
            .thenComparing(KpiEvent.Appointment::serviceId, nullsFirst(WORDS))
            .thenComparing(KpiEvent.Appointment::value, nullsFirst(MONEY));

    static final Comparator<KpiEvent.CsatSubmitted> SUBMISSIONS =
            comparing(KpiEvent.CsatSubmitted::at).thenComparing(KpiEvent.CsatSubmitted::score, naturalOrder());

    private EventOrder() {}

    /** Tiers small to large, as the directory lists them; one that it does not list stands before them all. */
    static Comparator<KpiEvent.SubscriptionChanged> subscriptions(List<String> tiers) {
        return comparing(KpiEvent.SubscriptionChanged::at)
                .thenComparing(comparingInt((KpiEvent.SubscriptionChanged e) -> tiers.indexOf(e.tier())))
                .thenComparing(KpiEvent.SubscriptionChanged::tier, WORDS);
    }
}
