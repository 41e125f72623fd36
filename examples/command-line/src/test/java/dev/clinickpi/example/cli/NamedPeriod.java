package dev.clinickpi.example.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The local dates that an answer says it covers: what is published of a quiet clinic is compared for these. */
final class NamedPeriod {

    private NamedPeriod() {}

    /** The dates of a node with {@code from} and {@code to}; null when it covers nothing. */
    static Period of(JsonNode named, GoldenCase golden) {
        ZoneId zone = golden.set().directory().clinics().get(golden.clinic()).zone();
        Instant from = Instant.parse(named.get("from").textValue());
        Instant to = Instant.parse(named.get("to").textValue());
        if (!from.isBefore(to)) {
            return null;
        }
        LocalDate first = date(from, zone);
        LocalDate end = date(to, zone);
        // What ends within a day ends with the moment of the question.
        boolean isWhole = end.atStartOfDay(zone).toInstant().equals(to);
        return new Period(first, isWhole ? end : end.plusDays(1));
    }

    private static LocalDate date(Instant at, ZoneId zone) {
        LocalDate wall = ZonedDateTime.ofInstant(at, zone).toLocalDate();
        LocalDate next = wall.plusDays(1);
        return next.atStartOfDay(zone).toInstant().isAfter(at) ? wall : next;
    }
}
