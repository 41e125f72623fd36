package dev.clinickpi.clinic;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the library knows of a clinic (section 1).
 *
 * @param id the host's key
 * @param name what people call it
 * @param owner the key of who owns it; the clinic's own id when the document names none
 * @param vertical the line of business that its conversations fall under unless a message names another
 * @param country the ISO 3166 code of two letters
 * @param zone the zone of its wall times
 * @param currency the ISO 4217 code that its money is shown in
 * @param locale how its reports are written
 * @param goLive the day that the AI receptionist took over, or null when unknown
 * @param openingHours its week, by the date that it holds from; empty when unknown
 * @param holidays the dates on which no span of its hours begins
 * @param averageRevenuePerVisit in its currency, by the date that it holds from
 * @param tier the subscription tier before any {@code subscription.changed}, or null when unknown
 * @param services its catalogue
 * @param baseline KPI values from before goLive, by KPI id
 * @param subscriptionFee the monthly fee in its currency, by the date that it holds from
 */
public record Clinic(
        ClinicId id,
        String name,
        String owner,
        String vertical,
        String country,
        ZoneId zone,
        String currency,
        Locale locale,
        @Nullable LocalDate goLive,
        EffectiveDated<WeeklyHours> openingHours,
        Set<LocalDate> holidays,
        EffectiveDated<BigDecimal> averageRevenuePerVisit,
        @Nullable String tier,
        List<Service> services,
        Map<String, BigDecimal> baseline,
        EffectiveDated<BigDecimal> subscriptionFee) {

    /** Copies the collections. */
    public Clinic {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(vertical, "vertical");
        Objects.requireNonNull(country, "country");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(locale, "locale");
        Objects.requireNonNull(openingHours, "openingHours");
        Objects.requireNonNull(averageRevenuePerVisit, "averageRevenuePerVisit");
        Objects.requireNonNull(subscriptionFee, "subscriptionFee");
        holidays = Set.copyOf(holidays);
        services = List.copyOf(services);
        baseline = Map.copyOf(baseline);
    }
}
