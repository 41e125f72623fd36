package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.testkit.world.KpiEvents;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FactCodecPropertyTest {

    private static final ClinicId ELSEWHERE = ClinicId.of("elsewhere");

    @Property
    void aFactComesBackAsItWas(@ForAll("events") KpiEvent event) {
        Clinic clinic = Samples.clinic(event.clinicId().value(), Samples.IMPLANTS, Samples.WHITENING);
        Fact fact = new PlainGate().admit(event, clinic);
        byte[] bytes = FactCodec.encode(fact);

        Fact back = FactCodec.decode(fact.clinic(), fact.id(), bytes);

        assertThat(back).isEqualTo(fact);
        assertThat(FactCodec.encode(back)).isEqualTo(bytes);
        assertThat(FactCodec.decode(ELSEWHERE, fact.id(), bytes)).isNotEqualTo(fact);
        if (fact instanceof Fact.Message message) {
            assertThat(((Fact.Message) back).services()).isEqualTo(message.services());
        }
    }

    @Provide
    Arbitrary<KpiEvent> events() {
        return KpiEvents.any();
    }
}
