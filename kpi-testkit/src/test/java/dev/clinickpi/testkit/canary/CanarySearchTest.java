package dev.clinickpi.testkit.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.testkit.canary.Canary.Kind;
import dev.clinickpi.testkit.canary.CanaryField.Form;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A search that found nothing would let every leak pass, so it is tried on leaks. */
class CanarySearchTest {

    private static final int PEOPLE = 300;
    private static final List<Canary> CANARIES = Canaries.of(7, PEOPLE);
    private static final CanarySearch SEARCH = new CanarySearch(CANARIES);
    private static final ClinicId SOL = ClinicId.of("sol");

    @Test
    void findsEachAsItWasWrittenAndAsItReads() {
        for (Canary canary : CANARIES) {
            List<String> leaks = new ArrayList<>(canary.marks());
            leaks.add(canary.plain());
            leaks.add(canary.written());
            leaks.add(canary.plain().toUpperCase(Locale.ROOT));
            leaks.add(canary.plain().replaceAll("[^\\p{L}\\p{N}]", ""));
            leaks.add(canary.plain().replaceAll("(.)", "$1-"));
            for (String leak : leaks) {
                String text = "{\"field\":\"before " + leak + " behind\"}";
                assertThat(SEARCH.in(text)).as(leak).isPresent();
                assertThat(SEARCH.in(text.getBytes(StandardCharsets.UTF_8))).isPresent();
                assertThat(SEARCH.in(text.getBytes(StandardCharsets.UTF_16LE))).isPresent();
            }
        }
    }

    @Test
    void findsTheDigitsOfAPhoneAsANumber() {
        Canary phone = CANARIES.stream()
                .filter(canary -> canary.kind() == Kind.PHONE)
                .findFirst()
                .orElseThrow();

        assertThat(SEARCH.in(Long.parseLong(phone.plain().replaceAll("\\D", ""))))
                .contains(phone);
        assertThat(SEARCH.in(1L)).isEmpty();
    }

    @Test
    void findsWhatAnObjectLeadsTo() {
        record Inner(Object value) {}

        String leak = CANARIES.get(0).plain();
        Exception deep = new IllegalStateException("no", new IOException(leak));
        for (Object hidden : List.of(
                List.of(leak), Map.of(1, leak), new String[] {leak}, leak.getBytes(StandardCharsets.UTF_8), deep)) {
            assertThat(SEARCH.inAllOf(new Inner(List.of(new Inner(hidden))))).isPresent();
        }
        assertThat(SEARCH.inAllOf(new Inner(List.of("nothing", 1L, SOL)))).isEmpty();
    }

    @Test
    void noTwoPeopleShareAValueAndEachWayOfWritingIsThere() {
        Set<String> plain = new HashSet<>();
        CANARIES.forEach(canary -> plain.add(canary.plain()));
        assertThat(plain).hasSameSizeAs(CANARIES);

        for (Writing writing : Writing.values()) {
            assertThat(CANARIES)
                    .anyMatch(canary -> writing.suits(canary.kind())
                            && canary.written().equals(writing.write(canary).written()));
        }
    }

    /** Were a plain event refused, its canaries would be refused with it, and nothing would be tried. */
    @Test
    void theirLinesLackNothingButForTheCanary() throws IOException {
        List<Rejection> rejections = new ArrayList<>();
        List<KpiEvent> events = new ArrayList<>();
        try (InputStream lines = CanaryEvents.ndjson(CANARIES, SOL);
                EventReader reader = EventReader.of(lines)) {
            for (KpiEvent event = reader.next(rejections::add); event != null; event = reader.next(rejections::add)) {
                events.add(event);
            }
        }

        List<CanaryField> fields = CanaryEvents.fields();
        assertThat(fields).extracting(CanaryField::type).contains(EventType.values());
        assertThat(events.size() + rejections.size()).isEqualTo(PEOPLE * fields.size());
        long anything =
                fields.stream().filter(field -> field.form() == Form.ANYTHING).count();
        assertThat(events).hasSizeGreaterThanOrEqualTo((int) anything * PEOPLE);
        Set<String> refused = new HashSet<>();
        rejections.forEach(rejection -> refused.add(rejection.field()));
        assertThat(refused)
                .doesNotContainAnyElementsOf(fields.stream()
                        .filter(field -> field.form() == Form.ANYTHING)
                        .map(field -> field.path().get(0))
                        .toList());
        assertThat(Arrays.stream(Kind.values()))
                .allSatisfy(kind -> assertThat(CANARIES)
                        .filteredOn(canary -> canary.kind() == kind)
                        .hasSize(PEOPLE));
    }
}
