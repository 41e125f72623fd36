package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.time.Period;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random events, each by itself. What happens at a clinic as a whole is a {@link ClinicWorld}. */
public final class KpiEvents {

    private KpiEvents() {}

    /** An event of any type of one of two clinics. */
    public static Arbitrary<KpiEvent> any() {
        return Combinators.combine(Arbitraries.of(Scene.ALL), ClinicDirectories.plans(), Happenings.single())
                .as((scene, plan, happening) -> {
                    ClinicDirectory directory = plan.in(scene);
                    Clinic asked = Objects.requireNonNull(directory.clinics().get(ClinicDirectories.ASKED));
                    Period period = new Period(scene.day(), scene.day().plusDays(1));
                    Stage stage = new Stage(
                            Anchors.of(scene, asked, period),
                            directory.clinics().keySet());
                    happening.play(stage);
                    return stage.events().get(0);
                })
                .withoutEdgeCases();
    }

    /** An event as NDJSON has it: one JSON object, without an end of line. */
    public static String toNdjson(KpiEvent event) {
        return EventJson.of(event).toString();
    }
}
