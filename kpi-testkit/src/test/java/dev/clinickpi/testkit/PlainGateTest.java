package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainGateTest implements PrivacyGateContract {

    @Override
    public PrivacyGate newGate() {
        return new PlainGate();
    }

    @Test
    void aModelFindsTheServicesThatTheGateFinds() {
        ClinicDirectory directory =
                new ClinicDirectory(Map.of(Samples.SOL.id(), Samples.SOL), List.of(), Map.of(), Map.of());
        for (String text : List.of("IMPLANTES", "un implante dental, y blanqueamiento", "nada de eso")) {
            KpiEvent.Message message = Samples.message("e1", Samples.SOL, "c1", "p1", text);
            Fact.Message fact = (Fact.Message) newGate().admit(message, Samples.SOL);

            assertThat(PlainGate.servicesBy(directory).apply(message)).isEqualTo(fact.services());
        }
        assertThat(PlainGate.servicesBy(directory).apply(Samples.message("e1", Samples.MAR, "c1", "p1", "Implantes")))
                .isEmpty();
    }
}
