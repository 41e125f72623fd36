package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.WeeklyHours;
import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/** The instants of a world that rules turn on: borders of periods, days, hours, slices, opening hours and of the clock itself. */
final class Anchors {

    /** The place of the period's end among the anchors of a question, before its asOf is known. */
    static final int END_OF_PERIOD = 1;

    private static final int DAYS_AROUND_THE_CHANGE = 2;

    private final List<Instant> instants = new ArrayList<>();
    private final Clinic clinic;

    private Anchors(Clinic clinic) {
        this.clinic = clinic;
    }

    /** The anchors of a question before its asOf is known. */
    static Anchors of(Scene scene, Clinic clinic, Period period) {
        Anchors anchors = new Anchors(clinic);
        anchors.addDay(period.from());
        anchors.addDay(period.to());
        anchors.addChangeOfClock(scene);
        for (int day = -DAYS_AROUND_THE_CHANGE; day <= DAYS_AROUND_THE_CHANGE; day++) {
            anchors.addDay(scene.day().plusDays(day));
        }
        for (int day = -DAYS_AROUND_THE_CHANGE; day <= DAYS_AROUND_THE_CHANGE; day++) {
            anchors.addOpeningHours(scene.day().plusDays(day));
        }
        return anchors;
    }

    /** Puts asOf, and the hour, slice and day that it lies in, before all others. */
    Anchors around(Instant asOf) {
        Anchors all = new Anchors(clinic);
        ZonedDateTime local = asOf.atZone(clinic.zone());
        all.instants.add(asOf);
        all.instants.add(local.truncatedTo(ChronoUnit.HOURS).toInstant());
        all.addDay(local.toLocalDate());
        all.instants.addAll(instants);
        return all;
    }

    Instant at(Moment moment) {
        return instants.get(moment.anchor() % instants.size()).plus(moment.offset());
    }

    private void addDay(LocalDate date) {
        instants.add(date.atStartOfDay(clinic.zone()).toInstant());
    }

    private void addChangeOfClock(Scene scene) {
        Instant before = scene.day().minusDays(1).atStartOfDay(scene.zone()).toInstant();
        ZoneOffsetTransition change = scene.zone().getRules().nextTransition(before);
        if (change != null) {
            instants.add(change.getInstant());
            instants.add(change.getInstant().plus(change.getDuration().abs()));
        }
    }

    private void addOpeningHours(LocalDate date) {
        for (WeeklyHours week : clinic.openingHours().byDate().values()) {
            for (OpeningSpan span : week.on(date.getDayOfWeek())) {
                instants.add(date.atTime(span.start()).atZone(clinic.zone()).toInstant());
                instants.add(date.atTime(span.end()).atZone(clinic.zone()).toInstant());
            }
        }
    }
}
