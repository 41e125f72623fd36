package dev.clinickpi.testkit;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.PrivacyGate;
import java.util.Set;

/** Takes an id that is a number for its own pseudonym, so that a contract kit can choose the pseudonyms of facts. */
final class NumberGate extends PrivacyGate {

    @Override
    protected long pseudonym(ClinicId clinic, IdKind kind, String id) {
        return Long.parseLong(id);
    }

    @Override
    protected Set<String> servicesIn(Clinic clinic, String text) {
        return Set.of();
    }

    @Override
    protected boolean isPublishable(Clinic clinic, LabelKind kind, String label) {
        return true;
    }
}
