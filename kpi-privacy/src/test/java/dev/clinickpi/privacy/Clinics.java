package dev.clinickpi.privacy;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.Service;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Clinics that have what the gate reads of them: an id, a vertical, a tier and a catalogue. */
final class Clinics {

    static final ClinicId SOL = ClinicId.of("sol");
    static final ClinicId LUNA = ClinicId.of("luna");

    private Clinics() {}

    static Clinic with(ClinicId id, Service... services) {
        return new Clinic(
                id,
                "Clínica Sol",
                "grupo-sol",
                "dental",
                "ES",
                ZoneId.of("Europe/Madrid"),
                "EUR",
                Locale.forLanguageTag("es-ES"),
                null,
                EffectiveDated.none(),
                Set.of(),
                EffectiveDated.none(),
                "pro",
                List.of(services),
                Map.of(),
                EffectiveDated.none());
    }

    static Service service(String id, String name, String... aliases) {
        return new Service(id, name, List.of(aliases));
    }
}
