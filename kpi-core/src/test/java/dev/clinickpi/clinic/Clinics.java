package dev.clinickpi.clinic;

import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Clinics as the tests write them. */
final class Clinics {

    private Clinics() {}

    /** A clinic with weeks such as {@code 2025-01-01: MONDAY 09:00-14:00 16:00-20:00; FRIDAY 22:00-02:00}. */
    static Clinic open(String zone, String... weeks) {
        TreeMap<LocalDate, WeeklyHours> byDate = new TreeMap<>();
        for (String week : weeks) {
            String[] parts = week.split(":", 2);
            byDate.put(LocalDate.parse(parts[0]), week(parts[1]));
        }
        return of("sol", ZoneId.of(zone), new EffectiveDated<>(byDate), Set.of());
    }

    /** The same clinic with these holidays. */
    static Clinic closed(Clinic clinic, Set<LocalDate> holidays) {
        return of(clinic.id().value(), clinic.zone(), clinic.openingHours(), holidays);
    }

    static Clinic of(String id, ZoneId zone, EffectiveDated<WeeklyHours> openingHours, Set<LocalDate> holidays) {
        return new Clinic(
                ClinicId.of(id),
                "Clínica " + id,
                id,
                "dental",
                "ES",
                zone,
                "EUR",
                Locale.forLanguageTag("es-ES"),
                null,
                openingHours,
                holidays,
                EffectiveDated.none(),
                null,
                List.of(),
                Map.of(),
                EffectiveDated.none());
    }

    private static WeeklyHours week(String text) {
        Map<DayOfWeek, List<OpeningSpan>> spans = new EnumMap<>(DayOfWeek.class);
        for (String day : text.split(";")) {
            String[] words = day.strip().split(" +");
            if (!words[0].isEmpty()) {
                spans.put(
                        DayOfWeek.valueOf(words[0]),
                        Stream.of(words).skip(1).map(Clinics::span).toList());
            }
        }
        return new WeeklyHours(spans);
    }

    private static OpeningSpan span(String text) {
        String[] times = text.split("-");
        return new OpeningSpan(
                LocalTime.parse(times[0]), times[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(times[1]));
    }
}
