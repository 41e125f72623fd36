package dev.clinickpi;

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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The clinic that the tests of the core are told about: in Madrid, open from Monday to Friday, 9 to 14. */
public final class TestClinics {

    /** The id of the clinic. */
    public static final ClinicId SOL = ClinicId.of("sol");

    private static final LocalDate LONG_AGO = LocalDate.of(2020, 1, 1);

    private TestClinics() {}

    /** The clinic with everything set. */
    public static Clinic sol() {
        return sol(hours("09:00", "14:00"), Set.of(), ZoneId.of("Europe/Madrid"));
    }

    /** The clinic with other hours, holidays or zone. */
    public static Clinic sol(EffectiveDated<WeeklyHours> hours, Set<LocalDate> holidays, ZoneId zone) {
        TreeMap<LocalDate, BigDecimal> revenue = new TreeMap<>();
        revenue.put(LocalDate.of(2026, 3, 1), new BigDecimal("100"));
        revenue.put(LocalDate.of(2026, 3, 15), new BigDecimal("80"));
        return new Clinic(
                SOL,
                "Clínica Sol",
                "grupo-sol",
                "dental",
                "ES",
                zone,
                "EUR",
                Locale.forLanguageTag("es-ES"),
                LocalDate.of(2026, 3, 1),
                hours,
                holidays,
                new EffectiveDated<>(revenue),
                "pro",
                List.of(new Service("implant", "Implantes", List.of())),
                Map.of(),
                EffectiveDated.from(LONG_AGO, new BigDecimal("31")));
    }

    /** A week of one span a day from Monday to Friday. */
    public static EffectiveDated<WeeklyHours> hours(String start, String end) {
        OpeningSpan span = new OpeningSpan(LocalTime.parse(start), LocalTime.parse(end));
        return EffectiveDated.from(
                LONG_AGO,
                new WeeklyHours(Arrays.stream(DayOfWeek.values())
                        .limit(5)
                        .collect(Collectors.toMap(day -> day, day -> List.of(span)))));
    }

    /** A directory of one clinic, three tiers, one model and two rates. */
    public static ClinicDirectory directory(Clinic clinic) {
        TreeMap<LocalDate, LlmPrice> prices = new TreeMap<>();
        prices.put(LONG_AGO, price("1", "0.5", "2"));
        prices.put(LocalDate.of(2026, 3, 10), price("10", "5", "20"));
        return new ClinicDirectory(
                Map.of(clinic.id(), clinic),
                List.of(
                        Tier.of("starter", "a"),
                        Tier.of("pro", "a", "b", "c", "d", "e"),
                        Tier.of("max", "a", "b", "c", "d", "e", "f")),
                Map.of("m", new EffectiveDated<>(prices)),
                Map.of(
                        new CurrencyPair("USD", "EUR"),
                        EffectiveDated.from(LocalDate.of(2026, 3, 5), new BigDecimal("0.5"))));
    }

    private static LlmPrice price(String input, String cached, String output) {
        return new LlmPrice("EUR", new BigDecimal(input), new BigDecimal(cached), new BigDecimal(output));
    }
}
