package dev.clinickpi.testkit.engine;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.PrivacyGate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A gate without a secret, for tests alone: ids are hashed in the open, so a run can be repeated, and a text names the services whose id or name it
 * contains.
 */
public final class PlainGate extends PrivacyGate {

    private static final int BYTE = 0xFF;

    /** The only one needed; it keeps nothing. */
    public PlainGate() {}

    @Override
    protected long pseudonym(ClinicId clinic, IdKind kind, String id) {
        byte[] digest = sha256().digest((clinic + "\0" + kind + "\0" + id).getBytes(StandardCharsets.UTF_8));
        long pseudonym = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            pseudonym = pseudonym << Byte.SIZE | (digest[i] & BYTE);
        }
        return pseudonym;
    }

    @Override
    protected Set<String> servicesIn(Clinic clinic, String text) {
        return servicesNamed(clinic, text);
    }

    /** The services of a clinic whose id or name a text contains, in any case. */
    public static Set<String> servicesNamed(Clinic clinic, String text) {
        return clinic.services().stream()
                .filter(service -> text.contains(service.id())
                        || text.toLowerCase(Locale.ROOT).contains(service.name().toLowerCase(Locale.ROOT)))
                .map(service -> service.id())
                .collect(Collectors.toSet());
    }

    @Override
    protected boolean isPublishable(Clinic clinic, LabelKind kind, String label) {
        return true;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
