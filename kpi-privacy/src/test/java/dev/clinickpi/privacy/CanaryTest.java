package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.privacy.audit.MerkleAuditLog;
import dev.clinickpi.privacy.audit.SigningKey;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.testkit.canary.Canaries;
import dev.clinickpi.testkit.canary.Canary;
import dev.clinickpi.testkit.canary.CanaryClinic;
import dev.clinickpi.testkit.canary.CanaryEvents;
import dev.clinickpi.testkit.canary.CanaryField.Form;
import dev.clinickpi.testkit.canary.CanarySearch;
import dev.clinickpi.testkit.canary.LogCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Names, phones, e-mail addresses, identity cards and WhatsApp's ids of people who do not exist, in every field of every type of event and in every string that a
 * caller hands in, are in nothing that an engine keeps in memory, answers, records, throws or logs.
 *
 * <p>What is left out, since it is the host's own words: the reference data (a clinic or a service may bear a person's name), the names of principals, and a
 * name by itself as the label of a model or a tier, which "claude" and "max" are. Two words of a name are refused there.
 */
class CanaryTest {

    /** Misuses are an erasure each, which cost more than lines do, so no more people than so many are misused. */
    private static final int MISUSED = 30;

    @Test
    void nothingOfAFewHundredPeopleComesOut() throws Exception {
        tryWith(200);
    }

    @Test
    @Tag("thorough")
    void nothingOfTenThousandPeopleComesOut() throws Exception {
        tryWith(10_000);
    }

    @SuppressWarnings("try") // it captures by being open
    private static void tryWith(int people) throws Exception {
        List<Canary> canaries = Canaries.of(20_260_310, people);
        CanarySearch search = new CanarySearch(canaries);
        List<Object> outputs = new ArrayList<>();
        Queue<String> log = new ConcurrentLinkedQueue<>();
        try (LogCapture.Captured captured = LogCapture.start(log::add)) {
            outputs.add(words(canaries));
            MerkleAuditLog audit = MerkleAuditLog.open(AuditLog.inMemory(), signingKey(), clock());
            KpiEngine engine = engine(audit);
            Iterable<KpiReport> told = CanaryClinic.watched(engine, canaries.get(0));
            for (Canary canary : canaries.subList(0, Math.min(people, MISUSED) * Canary.Kind.values().length)) {
                outputs.add(CanaryClinic.misuses(engine, canary));
            }
            outputs.add(record(engine, canaries, people, outputs));
            outputs.addAll(CanaryClinic.answers(engine));
            outputs.add(told);
            outputs.add(export(audit));
            outputs.add(audit.head());
            engine.close();
            assertThat(log).anyMatch(line -> line.contains("A subscriber to live figures failed"));
            outputs.add(log);
            assertThat(search.inMemoryOf(engine)).isEmpty();
        }

        for (Object output : outputs) {
            assertThat(search.inAllOf(output))
                    .as(() -> "in " + output.getClass())
                    .isEmpty();
        }
    }

    /** What the events of some of them print, once they are read. */
    private static List<String> words(List<Canary> canaries) throws IOException {
        List<String> words = new ArrayList<>();
        List<Canary> some = canaries.subList(0, MISUSED * Canary.Kind.values().length);
        try (EventReader reader = EventReader.of(CanaryEvents.ndjson(some, CanaryClinic.ID))) {
            for (KpiEvent event = reader.next(refused -> {}); event != null; event = reader.next(refused -> {})) {
                words.add(event.toString());
            }
        }
        return words;
    }

    /** Records the lines of all; those with a canary where an id or a text stands are taken, all others refused, labels among them. */
    private static RecordResult record(KpiEngine engine, List<Canary> canaries, int people, List<Object> outputs)
            throws IOException {
        List<Rejection> rejections = new ArrayList<>();
        try (EventReader reader = EventReader.of(CanaryEvents.ndjson(canaries, CanaryClinic.ID))) {
            RecordResult result = engine.record(Principal.superAdmin("import"), reader, rejections::add);
            outputs.add(rejections);
            long taken = CanaryEvents.fields().stream()
                    .filter(field -> field.form() == Form.ANYTHING)
                    .count();
            assertThat(result.accepted()).isEqualTo(taken * people);
            assertThat(rejections).hasSize((int) (CanaryEvents.fields().size() - taken) * people);
            return result;
        }
    }

    private static KpiEngine engine(AuditLog audit) {
        return KpiEngine.builder()
                .directory(CanaryClinic.directory())
                .events(EventLog.inMemory())
                .privacy(StandardPrivacy.with(KeyProvider.derivedFrom(new byte[32])))
                .audit(audit)
                .cells(CellStore.inMemory())
                .clock(clock())
                .build();
    }

    private static Clock clock() {
        return Clock.fixed(CanaryClinic.NOW, ZoneOffset.UTC);
    }

    private static byte[] export(MerkleAuditLog audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        audit.export(Principal.superAdmin("auditor"), out);
        return out.toByteArray();
    }

    /** The same at every run, lest a signature come by chance to hold the digits of a phone. */
    private static SigningKey signingKey() throws NoSuchAlgorithmException {
        SecureRandom constant = SecureRandom.getInstance("SHA1PRNG");
        constant.setSeed(1);
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
        try {
            pairs.initialize(255, constant);
        } catch (RuntimeException e) {
            throw new AssertionError(e);
        }
        return SigningKey.of(pairs.generateKeyPair());
    }
}
