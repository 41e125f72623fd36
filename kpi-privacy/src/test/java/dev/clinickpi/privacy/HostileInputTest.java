package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.golden.GoldenSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ten thousand lines that must not get in, between those of a golden set: all are counted, none is believed, and the figures stay what they were. */
class HostileInputTest {

    private static final int BROKEN = 10_000;
    private static final int TEN_MEGABYTES = 10_000_000;
    private static final List<String> CANARIES = List.of("dulcinea", "34699555111", "toboso", "wamid", "mancha");

    private static final String LINE = """
            {"id":"wamid.34699555111","clinicId":"c000","at":"2026-03-10T10:00:00Z","type":"message",\
            "conversationId":"dulcinea","patientId":"34699555111","from":"patient","vertical":"dental","text":"Soy Dulcinea, dulcinea@toboso.es"}""";

    private static final List<String> HOPELESS = Stream.of(
                    LINE.replace("\"c000\"", "\"mancha\""),
                    LINE.replace("\"c000\"", "\"Europe/Mancha\""),
                    LINE.replace("\"c000\"", "34699555111"),
                    LINE.replace("\"patient\"", "\"dulcinea\""),
                    LINE.replace("\"patient\"", "null"),
                    LINE.replace("\"message\"", "\"dulcinea\""),
                    LINE.replace("\"message\"", "[\"message\"]"),
                    LINE.replace("2026-03-10T10:00:00Z", "34699555111"),
                    LINE.replace("\"2026-03-10T10:00:00Z\"", "1e999999999"),
                    LINE.replace("\"2026-03-10T10:00:00Z\"", "9".repeat(10_000)),
                    LINE.replace("2026", "9026"),
                    LINE.replace("\"dental\"", "\"dulcinea@toboso.es\""),
                    LINE.replace("\"dental\"", "\"+34 699 555 111\""),
                    LINE.replace("dulcinea\",", "\u0007dulcinea\","),
                    LINE.replace("\"dental\"", "{\"dulcinea\":".repeat(500) + "1" + "}".repeat(500)),
                    LINE.replace("\"id\"", "\"ID\""),
                    LINE + LINE,
                    "[" + LINE + "]",
                    "\"dulcinea\"",
                    "34699555111")
            .toList();

    @Test
    void figuresAreThoseOfTheGoodLines() throws IOException {
        GoldenCase golden = GoldenSet.SMALL.cases().get(0);
        List<Rejection> rejections = new ArrayList<>();
        InMemoryAuditLog audit = AuditLog.inMemory();
        KpiEngine clean = engine(golden, AuditLog.inMemory());
        KpiEngine attacked = engine(golden, audit);
        RecordResult good = record(clean, GoldenSet.SMALL.eventsNdjson(), new ArrayList<>());
        RecordResult both = record(attacked, hostile(), rejections);

        assertThat(both.accepted()).isEqualTo(good.accepted());
        assertThat(both.rejected()).isEqualTo(BROKEN + 1).isEqualTo(rejections.size());
        assertThat(report(attacked, golden)).isEqualTo(report(clean, golden));
        assertThat(report(attacked, golden).results()).isNotEmpty();
        for (Object told :
                Stream.concat(rejections.stream(), audit.records().stream()).toList()) {
            assertThat(told.toString().toLowerCase(Locale.ROOT)).doesNotContain(CANARIES);
        }
    }

    /** The set's lines with the hopeless ones in between, and one that is longer than any line may be. */
    private static InputStream hostile() throws IOException {
        String[] lines;
        try (InputStream in = GoldenSet.SMALL.eventsNdjson()) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
        }
        Random random = new Random(20_260_310);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < BROKEN; i++) {
            if (i < lines.length) {
                text.append(lines[i]).append('\n');
            }
            text.append(broken(random)).append('\n');
        }
        assertThat(lines).hasSizeLessThan(BROKEN);
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)), new LongLine())));
    }

    private static String broken(Random random) {
        if (random.nextInt(4) == 0) {
            return LINE.substring(0, 1 + random.nextInt(LINE.length() - 1));
        }
        return HOPELESS.get(random.nextInt(HOPELESS.size()));
    }

    private static KpiEngine engine(GoldenCase golden, AuditLog audit) {
        return KpiEngine.builder()
                .directory(golden.set().directory())
                .events(EventLog.inMemory())
                .privacy(StandardPrivacy.with(KeyProvider.derivedFrom(new byte[32])))
                .audit(audit)
                .clock(Clock.fixed(golden.asOf(), ZoneOffset.UTC))
                .build();
    }

    private static RecordResult record(KpiEngine engine, InputStream in, List<Rejection> rejections)
            throws IOException {
        try (EventReader reader = EventReader.of(in)) {
            return engine.record(Principal.superAdmin("test"), reader, rejections::add);
        }
    }

    private static KpiReport report(KpiEngine engine, GoldenCase golden) {
        return engine.open(Principal.clinicAdmin("admin", golden.clinic()), golden.clinic())
                .report(golden.period());
    }

    /** Ten megabytes of a patient's name in one string, never held as a whole. */
    private static final class LongLine extends InputStream {

        private static final byte[] START = "{\"text\":\"".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] NAME = "dulcinea".getBytes(StandardCharsets.US_ASCII);
        private int given;

        @Override
        public int read() {
            int place = given++;
            if (place < START.length) {
                return START[place];
            }
            return place < TEN_MEGABYTES ? NAME[place % NAME.length] : -1;
        }
    }
}
