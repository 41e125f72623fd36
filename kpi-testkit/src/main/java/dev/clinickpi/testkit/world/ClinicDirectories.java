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
import java.util.stream.Collectors;
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
        return Combinators.combine(Arbitraries.of(Scene.ALL), plans())
                .as((scene, plan) -> plan.in(scene))
                .withoutEdgeCases();
    }

    /** Reference data but for where and when, so that one arbitrary does for all scenes. */
    static Arbitrary<Plan> plans() {
        Arbitrary<Scene> elsewhere = Arbitraries.of(Scene.ALL);
        return Combinators.combine(
                        clinic(ASKED),
                        elsewhere,
                        clinic(NEIGHBOUR),
                        tiers(),
                        byKey(Arbitraries.of(Words.MODELS.subList(0, 2)), dated(llmPrice())),
                        byKey(currencyPair(), dated(rate())))
                .as((asked, other, neighbour, tiers, prices, rates) -> scene -> {
                    Map<ClinicId, Clinic> clinics = new LinkedHashMap<>();
                    clinics.put(ASKED, asked.in(scene.zone(), scene.day()));
                    clinics.put(NEIGHBOUR, neighbour.in(other.zone(), scene.day()));
                    return new ClinicDirectory(
                            clinics, tiers, datedFrom(scene.day(), prices), datedFrom(scene.day(), rates));
                });
    }

    /** Reference data that waits for a scene. */
    @FunctionalInterface
    interface Plan {

        ClinicDirectory in(Scene scene);
    }

    @FunctionalInterface
    private interface ClinicPlan {

        Clinic in(ZoneId zone, LocalDate day);
    }

    private static Arbitrary<ClinicPlan> clinic(ClinicId id) {
        Arbitrary<Set<Integer>> holidays =
                Arbitraries.integers().between(-5, 5).set().ofMaxSize(3);
        Arbitrary<String> tier = Prepared.of(Arbitraries.frequency(
                        Tuple.of(4, "starter"), Tuple.of(4, "pro"), Tuple.of(1, "max"), Tuple.of(1, "unlisted-tier")))
                .injectNull(0.1);
        Arbitrary<Integer> goLive =
                Prepared.of(Arbitraries.integers().between(-40, 10)).injectNull(0.2);
        return Combinators.combine(
                        Words.currency(),
                        Combinators.combine(goLive, baseline()).as(Tuple::of),
                        mostly(dated(week())),
                        holidays,
                        mostly(dated(Words.amount())),
                        tier,
                        Arbitraries.subsetOf(Words.SERVICES),
                        mostly(dated(Words.amount())))
                .as((currency, beforeAi, hours, days, revenue, subscription, services, fee) ->
                        (zone, day) -> new Clinic(
                                id,
                                "Clínica " + id,
                                "owner-of-" + id,
                                "dental",
                                "ES",
                                zone,
                                currency,
                                Locale.forLanguageTag("es-ES"),
                                beforeAi.get1() == null ? null : day.plusDays(beforeAi.get1()),
                                from(day, hours),
                                days.stream().map(day::plusDays).collect(Collectors.toSet()),
                                from(day, revenue),
                                subscription,
                                inCatalogueOrder(services),
                                beforeAi.get2(),
                                from(day, fee)));
    }

    /** What applies from days on that are counted from one. */
    private static <T> EffectiveDated<T> from(LocalDate day, Map<Integer, T> values) {
        TreeMap<LocalDate, T> dated = new TreeMap<>();
        values.forEach((days, value) -> dated.put(day.plusDays(days), value));
        return new EffectiveDated<>(dated);
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

    private static <T> Arbitrary<Map<Integer, T>> mostly(Arbitrary<Map<Integer, T>> setting) {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Prepared.of(setting)), Tuple.of(1, Prepared.of(Arbitraries.just(Map.of()))));
    }

    private static <T> Arbitrary<Map<Integer, T>> dated(Arbitrary<T> value) {
        return Arbitraries.maps(Arbitraries.of(BEGINNINGS), value).ofMinSize(1).ofMaxSize(3);
    }

    private static <K, T> Arbitrary<Map<K, Map<Integer, T>>> byKey(
            Arbitrary<K> key, Arbitrary<Map<Integer, T>> values) {
        return Arbitraries.maps(key, values).ofMaxSize(4);
    }

    private static <K, T> Map<K, EffectiveDated<T>> datedFrom(LocalDate day, Map<K, Map<Integer, T>> values) {
        Map<K, EffectiveDated<T>> dated = new LinkedHashMap<>();
        values.forEach((key, value) -> dated.put(key, from(day, value)));
        return dated;
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
