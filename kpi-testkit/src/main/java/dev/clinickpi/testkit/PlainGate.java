package dev.clinickpi.testkit;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A privacy gate for tests and nothing else: it hashes ids without a key, so whoever guesses an id can tell its pseudonym. It lets every
 * label through, and a text names a service when it contains its name or an alias, whatever the case. The same everywhere and in every run.
 */
public final class PlainGate extends PrivacyGate {

    /** A gate; any two are alike. */
    public PlainGate() {}

    @Override
    protected long pseudonym(ClinicId clinic, IdKind kind, String id) {
        try {
            // A clinic's id holds no white space, so no two triples give the same text. By UTF-16 unit, as UTF-8 would
            // make
            // one of all ids that differ in half a surrogate pair.
            String text = clinic + " " + kind + " " + id;
            ByteBuffer units = ByteBuffer.allocate(text.length() * Character.BYTES);
            units.asCharBuffer().put(text);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(units.array()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }

    @Override
    protected Set<String> servicesIn(Clinic clinic, String text) {
        return servicesNamedIn(text, clinic.services());
    }

    @Override
    protected boolean isPublishable(Clinic clinic, LabelKind kind, String label) {
        return true;
    }

    /** The services that this gate finds in messages, for a {@link dev.clinickpi.testkit.model.ReferenceModel} to find the same. */
    public static Function<KpiEvent.Message, Set<String>> servicesBy(ClinicDirectory directory) {
        return message -> {
            Clinic clinic = directory.clinics().get(message.clinicId());
            return clinic == null ? Set.of() : servicesNamedIn(message.text(), clinic.services());
        };
    }

    private static Set<String> servicesNamedIn(@Nullable String text, List<Service> services) {
        Set<String> named = new LinkedHashSet<>();
        String folded = text == null ? "" : text.toLowerCase(Locale.ROOT);
        for (Service service : services) {
            if (folded.contains(service.name().toLowerCase(Locale.ROOT))
                    || service.aliases().stream().anyMatch(alias -> folded.contains(alias.toLowerCase(Locale.ROOT)))) {
                named.add(service.id());
            }
        }
        return named;
    }
}
