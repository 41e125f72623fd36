package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.KpiEvent;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;

/**
 * The domain for properties of the dashboard: {@code @Domain(ClinicDomain.class)} on a property fills in its {@code @ForAll} parameters of
 * type {@link ClinicWorld}, {@link ClinicDirectory} and {@link KpiEvent}.
 */
@Domain(DomainContext.Global.class)
public class ClinicDomain extends DomainContextBase {

    /** For jqwik. */
    public ClinicDomain() {}

    /** As {@link ClinicWorlds#any()}. */
    @Provide
    public Arbitrary<ClinicWorld> worlds() {
        return ClinicWorlds.any();
    }

    /** As {@link ClinicDirectories#any()}. */
    @Provide
    public Arbitrary<ClinicDirectory> directories() {
        return ClinicDirectories.any();
    }

    /** As {@link KpiEvents#any()}. */
    @Provide
    public Arbitrary<KpiEvent> events() {
        return KpiEvents.any();
    }
}
