package dev.clinickpi.event;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import java.util.Set;
import java.util.stream.Collectors;

/** A gate without a secret, for tests: ids are hashed in the open, a text names the services whose id it contains. */
public final class TestGate extends PrivacyGate {

    @Override
    protected long pseudonym(ClinicId clinic, IdKind kind, String id) {
        long hash = clinic.value().hashCode() * 31L + kind.name().hashCode();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    @Override
    protected Set<String> servicesIn(Clinic clinic, String text) {
        return clinic.services().stream()
                .map(service -> service.id())
                .filter(text::contains)
                .collect(Collectors.toSet());
    }

    @Override
    protected boolean isPublishable(Clinic clinic, LabelKind kind, String label) {
        return !label.contains("@");
    }
}
