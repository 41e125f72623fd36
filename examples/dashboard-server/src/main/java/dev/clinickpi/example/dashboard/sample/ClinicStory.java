package dev.clinickpi.example.dashboard.sample;

import dev.clinickpi.clinic.Clinic;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a clinic.
 *
 * @param clinic its reference data
 * @param perDay how many conversations an ordinary day has
 * @param days how many days before the first start its story begins
 * @param returns the chance that a visit is followed by another one
 * @param returnDays after how many days, about
 * @param visitValue what an ordinary visit is worth, in its currency
 * @param model the language model that answers from the third month on
 */
record ClinicStory(
        Clinic clinic, double perDay, int days, double returns, int returnDays, int visitValue, String model) {

    private static final int DAYS_OF_LEARNING = 150;

    /** The story of a clinic; null where there is nothing to tell. */
    static @Nullable ClinicStory of(Clinic clinic) {
        return switch (clinic.id().value()) {
            case "sol" -> new ClinicStory(clinic, 10.5, 365, 0.45, 60, 85, "gpt-4o-mini");
            case "luz" -> new ClinicStory(clinic, 8, 365, 0.5, 75, 160, "gpt-4.1-mini");
            case "norte" -> new ClinicStory(clinic, 6.5, 365, 0.72, 9, 45, "gpt-4o-mini");
            case "harbour" -> new ClinicStory(clinic, 5.5, 365, 0.35, 40, 140, "gpt-4.1-mini");
            case "roque" -> new ClinicStory(clinic, 0.22, 365, 0.3, 21, 60, "gpt-4o-mini");
            case "alba" -> null;
            default -> new ClinicStory(clinic, 1.9, 150, 0.3, 90, 75, "gpt-4o-mini");
        };
    }

    /** Whether the AI receptionist answers on a date. */
    boolean isLive(LocalDate date) {
        LocalDate goLive = clinic.goLive();
        return goLive != null && !date.isBefore(goLive);
    }

    /** How far what the receptionist brings has come about by a date: 0 before it, 1 after {@value #DAYS_OF_LEARNING} days. */
    double progress(LocalDate date) {
        LocalDate goLive = clinic.goLive();
        if (goLive == null || date.isBefore(goLive)) {
            return 0;
        }
        return Math.min(1, ChronoUnit.DAYS.between(goLive, date) / (double) DAYS_OF_LEARNING);
    }

    /** A share that goes from what it was before the receptionist to what it becomes. */
    double towards(double before, double after, LocalDate date) {
        return before + (after - before) * progress(date);
    }

    /** How many conversations a date has on average: the week, the season, and word of mouth. */
    double expected(LocalDate date) {
        double week = switch (date.getDayOfWeek()) {
            case MONDAY -> 1.35;
            case TUESDAY -> 1.2;
            case WEDNESDAY -> 1.1;
            case THURSDAY -> 1.05;
            case FRIDAY -> 0.95;
            case SATURDAY -> 0.7;
            case SUNDAY -> 0.65;
        };
        double season = switch (date.getMonthValue()) {
            case 1, 9 -> 1.15;
            case 4, 5, 6 -> 1.08;
            case 8 -> 0.62;
            case 12 -> 0.85;
            default -> 1;
        };
        return perDay * week * season * (isLive(date) ? 0.95 + 0.25 * progress(date) : 0.7);
    }
}
