package dev.clinickpi.testkit.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A zone and a day around which things happen at its clinic: one of a change of its clock, where the zone has any.
 *
 * @param zone the zone
 * @param day the local day on which the clock changes
 */
record Scene(ZoneId zone, LocalDate day) {

    /**
     * Zones whose clocks do what others do not, each in the years that they did it; the plainest first, as shrinking goes there. The
     * changes are looked up rather than listed, since each release of tzdata may move them.
     */
    static final List<Scene> ALL = Stream.of(
                    in("Asia/Kolkata", 2026), // never changes; half an hour off the hour
                    in("Europe/Madrid", 2026),
                    in("Atlantic/Canary", 2026), // with Madrid, an hour earlier by the wall
                    in("America/Mexico_City", 2022), // its last summer time
                    in("Asia/Kathmandu", 2026), // 5:45 from UTC
                    in("Australia/Lord_Howe", 2026), // moves by half an hour
                    in("America/Santiago", 2026), // changes at midnight, so that a day begins at 01:00
                    in("America/Nuuk", 2023), // went to a new offset
                    in("America/Nuuk", 2024), // and to its first summer time from there
                    in("Africa/Casablanca", 2026), // summer time but in Ramadan
                    in("Pacific/Apia", 2011), // skipped the 30th of December
                    in("America/St_Johns", 2010)) // set its clock back at 00:01, into the day before
            .flatMap(List::stream)
            .toList();

    /** The changes of a year; a day of it in a zone that has none. */
    private static List<Scene> in(String id, int year) {
        ZoneId zone = ZoneId.of(id);
        Instant from = LocalDate.of(year, 1, 1).atStartOfDay(zone).toInstant();
        Instant to = LocalDate.of(year + 1, 1, 1).atStartOfDay(zone).toInstant();
        List<Scene> scenes = new ArrayList<>();
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        while (change != null && change.getInstant().isBefore(to)) {
            scenes.add(new Scene(zone, change.getDateTimeBefore().toLocalDate()));
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return scenes.isEmpty() ? List.of(new Scene(zone, LocalDate.of(year, 3, 15))) : scenes;
    }

    @Override
    public String toString() {
        return zone + " around " + day;
    }
}
