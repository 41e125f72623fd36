package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.clinic.Service;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** The few words that events and reference data share, so that they meet often; of each kind one that the reference data lacks. */
final class Words {

    /** Two that stand one way by code point and the other by UTF-16 unit. */
    private static final String BEFORE_BY_CODE_POINT = "～";

    private static final String AFTER_BY_CODE_POINT = "𝛀";

    static final List<Service> SERVICES = List.of(
            new Service("implant", "Implantes", List.of("implante dental")),
            new Service("cleaning", "Limpieza", List.of()),
            new Service("botox", "Bótox", List.of("toxina")));

    static final List<String> MODELS = List.of("gpt-4o-mini", "gpt-4o", "unlisted-model");
    static final List<String> FEATURES = List.of("inbox", "booking", "reminders", "reports", "api");
    static final List<String> TIERS = List.of("starter", "pro", "max", "unlisted-tier");
    static final List<String> CURRENCIES = List.of("EUR", "USD", "MXN", "GBP");

    private static final List<String> AMOUNTS = List.of("85.00", "0", "0.01", "33.333333", "1.23", "100");

    private Words() {}

    static Arbitrary<String> conversation() {
        return Arbitraries.of("c1", "c2", "c3", "c4", "c5");
    }

    static Arbitrary<String> patient() {
        return Arbitraries.of("p1", "p2", "p3", "p4");
    }

    static Arbitrary<String> appointment() {
        return Arbitraries.of("a1", "a2", "a3", "a4");
    }

    static Arbitrary<String> service() {
        return Arbitraries.of("implant", "cleaning", "botox", "unlisted", BEFORE_BY_CODE_POINT, AFTER_BY_CODE_POINT);
    }

    static Arbitrary<String> vertical() {
        return Arbitraries.of("dental", "physio", "aesthetics", BEFORE_BY_CODE_POINT, AFTER_BY_CODE_POINT);
    }

    static Arbitrary<String> text() {
        return Arbitraries.of("hola", "quiero una limpieza", "¿Toxina o implante dental?", "gracias, p1");
    }

    static Arbitrary<BigDecimal> amount() {
        return Arbitraries.of(AMOUNTS).map(BigDecimal::new);
    }

    /** Mostly one, so that money needs no rate. */
    static Arbitrary<String> currency() {
        return Arbitraries.frequency(Tuple.of(6, "EUR"), Tuple.of(2, "USD"), Tuple.of(1, "MXN"), Tuple.of(1, "GBP"));
    }

    static Arbitrary<Money> money() {
        return Combinators.combine(amount(), currency()).as(Money::new);
    }

    /** Mostly small; some of the size that many uses of a month add up to. */
    static Arbitrary<Long> tokens() {
        return Arbitraries.frequency(
                Tuple.of(3, 1_000L),
                Tuple.of(2, 0L),
                Tuple.of(2, 7L),
                Tuple.of(1, 123_457L),
                Tuple.of(1, 987_654_321L));
    }
}
