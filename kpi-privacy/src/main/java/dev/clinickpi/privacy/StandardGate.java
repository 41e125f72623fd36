package dev.clinickpi.privacy;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.privacy.scrub.StandardScrubber;
import java.util.Set;

/** Keyed pseudonyms, services by the words of the catalogue, and labels that nothing personal is found in. */
final class StandardGate extends PrivacyGate {

    private final Pseudonyms pseudonyms;
    private final ServiceMatchers matchers = new ServiceMatchers();
    private final PublishableLabels labels = new PublishableLabels(StandardScrubber.create());

    StandardGate(KeyProvider keys) {
        this.pseudonyms = new Pseudonyms(keys);
    }

    @Override
    protected long pseudonym(ClinicId clinic, IdKind kind, String id) {
        return pseudonyms.pseudonym(clinic, kind, id);
    }

    @Override
    public boolean destroyKey(ClinicId clinic) {
        return pseudonyms.destroyKey(clinic);
    }

    @Override
    protected Set<String> servicesIn(Clinic clinic, String text) {
        return clinic.services().isEmpty() ? Set.of() : matchers.of(clinic).servicesIn(text);
    }

    @Override
    protected boolean isPublishable(Clinic clinic, LabelKind kind, String label) {
        return isReferenceWord(clinic, kind, label) || labels.contains(kind, label);
    }

    /** The host itself put these into its reference data, which name no patient. */
    private static boolean isReferenceWord(Clinic clinic, LabelKind kind, String label) {
        return switch (kind) {
            case SERVICE ->
                clinic.services().stream().anyMatch(service -> service.id().equals(label));
            case VERTICAL -> clinic.vertical().equals(label);
            case TIER -> label.equals(clinic.tier());
            case MODEL, FEATURE -> false;
        };
    }
}
