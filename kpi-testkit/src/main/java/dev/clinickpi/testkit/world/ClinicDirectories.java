package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicDirectory.CurrencyPair;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.LlmPrice;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.clinic.Tier;
import dev.clinickpi.clinic.WeeklyHours;
import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Random reference data of two clinics: hours past midnight and to 24:00, hours that a change of the clock empties, holidays, lists that
 * begin before, within or after what is asked about, and settings that are missing.
 */
public final class ClinicDirectories {

    /** The clinic that questions are about. */
    static final ClinicId ASKED = ClinicId.of("norte");

    private static final ClinicId NEIGHBOUR = ClinicId.of("sur");

    /** Days from the change of the clock that entries of a dated list begin at; the first one long before. */
    private static final List<Integer> BEGINNINGS = List.of(-400, -30, -3, 0, 1, 3, 12);

    private static final List<OpeningSpan> SPANS = List.of(
            span("09:00", "14:00"),
            span("16:00", "20:00"),
            span("22:00", "02:00"),
            span("23:00", "00:00"),
            span("00:00", "00:00"),
            span("00:00", "00:30"),
            span("01:30", "02:30"),
            span("02:15", "02:45"),
            span("02:30", "03:10"),
            span("23:30", "00:15"));

    private ClinicDirectories() {}

    /** Reference data in the ten or so zones that worlds are made in. */
    public static Arbitrary<ClinicDirectory> any() {
        return Arbitraries.of(Scene.ALL).flatMap(ClinicDirectories::of).withoutEdgeCases();
    }

    static Arbitrary<ClinicDirectory> of(Scene scene) {
        Arbitrary<Clinic> neighbour =
                Arbitraries.of(Scene.ALL).flatMap(other -> clinic(NEIGHBOUR, other.zone(), scene.day()));
        return Combinators.combine(
                        clinic(ASKED, scene.zone(), scene.day()),
                        neighbour,
                        tiers(),
                        byKey(Arbitraries.of(Words.MODELS.subList(0, 2)), dated(llmPrice(), scene.day())),
                        byKey(currencyPair(), dated(rate(), scene.day())))
                .as((asked, other, tiers, prices, rates) -> {
                    Map<ClinicId, Clinic> clinics = new LinkedHashMap<>();
                    clinics.put(asked.id(), asked);
                    clinics.put(other.id(), other);
                    return new ClinicDirectory(clinics, tiers, prices, rates);
                });
    }

    private static Arbitrary<Clinic> clinic(ClinicId id, ZoneId zone, LocalDate day) {
        Arbitrary<Set<LocalDate>> holidays =
                Arbitraries.integers().between(-5, 5).map(day::plusDays).set().ofMaxSize(3);
        Arbitrary<String> tier = Arbitraries.frequency(
                        Tuple.of(4, "starter"), Tuple.of(4, "pro"), Tuple.of(1, "max"), Tuple.of(1, "unlisted-tier"))
                .injectNull(0.1);
        Arbitrary<LocalDate> goLive =
                Arbitraries.integers().between(-40, 10).map(day::plusDays).injectNull(0.2);
        return Combinators.combine(
                        Words.currency(),
                        Combinators.combine(goLive, baseline()).as(Tuple::of),
                        mostly(dated(week(), day)),
                        holidays,
                        mostly(dated(Words.amount(), day)),
                        tier,
                        Arbitraries.subsetOf(Words.SERVICES),
                        mostly(dated(Words.amount(), day)))
                .as((currency, beforeAi, hours, days, revenue, subscription, services, fee) -> new Clinic(
                        id,
                        "Clínica " + id,
                        "owner-of-" + id,
                        "dental",
                        "ES",
                        zone,
                        currency,
                        Locale.forLanguageTag("es-ES"),
                        beforeAi.get1(),
                        hours,
                        days,
                        revenue,
                        subscription,
                        inCatalogueOrder(services),
                        beforeAi.get2(),
                        fee));
    }

    private static Arbitrary<Map<String, BigDecimal>> baseline() {
        Arbitrary<String> kpi =
                Arbitraries.of("no-show-rate", "conversion-rate", "response-time", "csat", "llm-cost", "top-services");
        return Arbitraries.maps(kpi, Arbitraries.of("0", "0.22", "4").map(BigDecimal::new));
    }

    private static List<Service> inCatalogueOrder(Set<Service> services) {
        List<Service> listed = new ArrayList<>(Words.SERVICES);
        listed.retainAll(services);
        return listed;
    }

    private static <T> Arbitrary<EffectiveDated<T>> mostly(Arbitrary<EffectiveDated<T>> setting) {
        return Arbitraries.frequencyOf(Tuple.of(9, setting), Tuple.of(1, Arbitraries.just(EffectiveDated.none())));
    }

    private static <T> Arbitrary<EffectiveDated<T>> dated(Arbitrary<T> value, LocalDate day) {
        Arbitrary<LocalDate> from = Arbitraries.of(BEGINNINGS).map(day::plusDays);
        return Arbitraries.maps(from, value)
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(map -> new EffectiveDated<>(new TreeMap<>(map)));
    }

    private static <K, T> Arbitrary<Map<K, EffectiveDated<T>>> byKey(
            Arbitrary<K> key, Arbitrary<EffectiveDated<T>> values) {
        return Arbitraries.maps(key, values).ofMaxSize(4);
    }

    private static Arbitrary<WeeklyHours> week() {
        Arbitrary<List<OpeningSpan>> spans =
                Arbitraries.of(SPANS).list().uniqueElements().ofMaxSize(2);
        return Arbitraries.maps(Arbitraries.of(DayOfWeek.class), spans).map(WeeklyHours::new);
    }

    private static OpeningSpan span(String start, String end) {
        return new OpeningSpan(LocalTime.parse(start), LocalTime.parse(end));
    }

    /** Up to three tiers; a larger one mostly, but not always, offers what the smaller does. */
    private static Arbitrary<List<Tier>> tiers() {
        return Arbitraries.subsetOf(Words.FEATURES)
                .list()
                .ofMaxSize(3)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(features -> {
                    List<Tier> tiers = new ArrayList<>();
                    Set<String> offered = new LinkedHashSet<>();
                    for (Set<String> more : features) {
                        offered = more.size() == 1 ? new LinkedHashSet<>() : offered;
                        offered.addAll(more);
                        tiers.add(new Tier(Words.TIERS.get(tiers.size()), offered));
                    }
                    return tiers;
                });
    }

    private static Arbitrary<LlmPrice> llmPrice() {
        return Combinators.combine(Arbitraries.of(Words.CURRENCIES), Words.amount(), Words.amount(), Words.amount())
                .as(LlmPrice::new);
    }

    private static Arbitrary<BigDecimal> rate() {
        return Arbitraries.of("0.92", "1.09", "18.333333", "0.000001").map(BigDecimal::new);
    }

    private static Arbitrary<CurrencyPair> currencyPair() {
        Arbitrary<String> code = Arbitraries.of(Words.CURRENCIES);
        return Combinators.combine(code, code)
                .as(CurrencyPair::new)
                .filter(pair -> !pair.base().equals(pair.quote()));
    }
}
