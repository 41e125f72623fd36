package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One clinic id for each text that comes again and again. One gives way when another falls on its place. */
final class ClinicIds implements Function<String, ClinicId> {

    private static final int PLACES = 1 << 12;

    private final @Nullable ClinicId[] clinics = new @Nullable ClinicId[PLACES];

    /** @throws InvalidEventException if the text is no clinic's id */
    @Override
    public ClinicId apply(String value) {
        int hash = value.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        ClinicId clinic = clinics[place];
        if (clinic == null || !clinic.value().equals(value)) {
            clinic = EventRules.clinic(value);
            clinics[place] = clinic;
        }
        return clinic;
    }
}
