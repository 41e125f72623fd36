package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.PrivacyGate.IdKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A kit is worth what it catches: each of these gates breaks the contract in one way, and the test that says so fails. */
class PrivacyGateContractTest {

    private record Broken(String how, Supplier<PrivacyGate> gate, KitTest caughtBy) {}

    private interface KitTest {
        void run(PrivacyGateContract kit) throws Throwable;
    }

    private interface Pseudonyms {
        long of(ClinicId clinic, IdKind kind, String id);
    }

    @TestFactory
    Stream<DynamicTest> catchesAGateThat() {
        return Stream.of(
                        new Broken(
                                "makes new keys for each gate",
                                () -> keyedBy(ThreadLocalRandom.current().nextLong()),
                                PrivacyGateContract::equalIdsGetEqualPseudonyms),
                        new Broken(
                                "has one key for all clinics",
                                () -> gate((clinic, kind, id) -> hash(kind + id)),
                                PrivacyGateContract::clinicsShareNoPseudonym),
                        new Broken(
                                "does not tell kinds apart",
                                () -> gate((clinic, kind, id) -> hash(clinic + id)),
                                PrivacyGateContract::kindsShareNoPseudonym),
                        new Broken(
                                "folds case",
                                () -> gate(
                                        (clinic, kind, id) -> hash(clinic + " " + kind + id.toLowerCase(Locale.ROOT))),
                                PrivacyGateContract::differentIdsGetDifferentPseudonyms),
                        new Broken(
                                "writes ids as UTF-8",
                                () -> gate((clinic, kind, id) -> Arrays.hashCode(id.getBytes(StandardCharsets.UTF_8))),
                                PrivacyGateContract::differentIdsGetDifferentPseudonyms),
                        new Broken(
                                "uses 32 bits",
                                () -> gate((clinic, kind, id) -> (int) hash(clinic + " " + kind + id)),
                                PrivacyGateContract::pseudonymsAreSpreadEvenly),
                        new Broken(
                                "lets numbers be",
                                () -> gate((clinic, kind, id) -> Long.parseLong(id)),
                                PrivacyGateContract::aNumberIsNotItsOwnPseudonym),
                        new Broken(
                                "takes the text for a service",
                                () -> named((clinic, text) -> Set.of(text)),
                                PrivacyGateContract::nothingRawIsLeftInAFact),
                        new Broken(
                                "finds no service",
                                () -> named((clinic, text) -> Set.of()),
                                PrivacyGateContract::aTextNamesServices),
                        new Broken(
                                "looks into any catalogue",
                                () -> named((clinic, text) -> new PlainGate().servicesIn(Samples.SOL, text)),
                                PrivacyGateContract::aTextNamesServices),
                        new Broken(
                                "depends on the thread",
                                () -> gate((clinic, kind, id) ->
                                        hash(Thread.currentThread().getName() + id)),
                                PrivacyGateContract::manyThreadsGetTheSame))
                .map(broken -> DynamicTest.dynamicTest(broken.how, () -> {
                    PrivacyGateContract kit = broken.gate::get;
                    assertThatThrownBy(() -> broken.caughtBy.run(kit)).isInstanceOf(AssertionError.class);
                }));
    }

    private static PrivacyGate keyedBy(long key) {
        return gate((clinic, kind, id) -> hash(key + " " + clinic + " " + kind + id));
    }

    private static PrivacyGate gate(Pseudonyms pseudonyms) {
        return new Gate(pseudonyms, (clinic, text) -> Set.of());
    }

    private static PrivacyGate named(BiFunction<Clinic, String, Set<String>> services) {
        return new Gate(new PlainGate()::pseudonym, services);
    }

    private static long hash(String text) {
        return new PlainGate().pseudonym(Samples.SOL.id(), IdKind.EVENT, text);
    }

    private static final class Gate extends PrivacyGate {

        private final Pseudonyms pseudonyms;
        private final BiFunction<Clinic, String, Set<String>> services;

        Gate(Pseudonyms pseudonyms, BiFunction<Clinic, String, Set<String>> services) {
            this.pseudonyms = pseudonyms;
            this.services = services;
        }

        @Override
        protected long pseudonym(ClinicId clinic, IdKind kind, String id) {
            return pseudonyms.of(clinic, kind, id);
        }

        @Override
        protected Set<String> servicesIn(Clinic clinic, String text) {
            return services.apply(clinic, text);
        }

        @Override
        protected boolean isPublishable(Clinic clinic, LabelKind kind, String label) {
            return true;
        }
    }
}
