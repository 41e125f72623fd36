package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.time.Period;
import java.time.Instant;

/** What stands above every answer in text: whose it is, over which days and as of when. */
final class Heading {

    private Heading() {}

    static String of(Clinic clinic, Wording wording, Period period, Instant asOf) {
        String days = wording.say(
                "heading.period",
                wording.date(period.from()),
                wording.date(period.to().minusDays(1)));
        String moment = wording.say(
                "heading.asOf",
                wording.dateAndTime(asOf, clinic.zone()),
                clinic.zone().getId());
        String title = clinic.name() + " · " + days;
        return title + "\n" + "=".repeat(title.codePointCount(0, title.length())) + "\n" + moment + "\n";
    }
}
