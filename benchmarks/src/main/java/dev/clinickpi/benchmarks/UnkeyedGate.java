package dev.clinickpi.benchmarks;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.PrivacyGate;
import java.util.Set;

/** Next to no gate, for measuring what lies behind one: it hashes ids in the open, lets labels through and drops texts unread. */
final class UnkeyedGate extends PrivacyGate {

    @Override
    protected long pseudonym(ClinicId clinic, IdKind kind, String id) {
        long hash = kind.name().length();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
        }
        return hash ^ (hash >>> 32);
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
