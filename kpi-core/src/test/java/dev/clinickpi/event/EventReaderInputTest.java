package dev.clinickpi.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an input comes apart into lines: line ends, marks, long lines, gzip, and what breaks off. */
class EventReaderInputTest {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    @TempDir
    Path folder;

    @Test
    void linesEndInLfOrCrLfOrTheInput() throws IOException {
        ReadEvents read = ReadEvents.of(line("a") + "\n" + line("b") + "\r\n" + line("c"));

        assertThat(ids(read)).containsExactly("a", "b", "c");
        assertThat(read.lines()).containsExactly(1L, 2L, 3L);
        assertThat(read.rejections()).isEmpty();
    }

    @Test
    void blankLinesCountButSayNothing() throws IOException {
        ReadEvents read = ReadEvents.of("\n\r\n \t\r\n" + line("a") + "\n\n{}\n  " + line("b") + " \t\n\n");

        assertThat(read.lines()).containsExactly(4L, 7L);
        assertThat(read.rejections()).extracting(Rejection::line).containsExactly(6L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "   ", BYTE_ORDER_MARK, BYTE_ORDER_MARK + "\n"})
    void anInputMayHoldNothing(String nothing) throws IOException {
        ReadEvents read = ReadEvents.of(nothing);

        assertThat(read.events()).isEmpty();
        assertThat(read.rejections()).isEmpty();
    }

    @Test
    void aByteOrderMarkMayStandAtTheVeryStart() throws IOException {
        ReadEvents read = ReadEvents.of(BYTE_ORDER_MARK + line("a") + "\n" + BYTE_ORDER_MARK + line("b"));

        assertThat(ids(read)).containsExactly("a");
        assertThat(read.rejections()).containsExactly(new Rejection(2, "", EventParser.NOT_JSON));
    }

    @Test
    void utf16IsNoUtf8() throws IOException {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            ReadEvents read = ReadEvents.of((line("a") + "\n" + line("b")).getBytes(charset));

            assertThat(read.events()).as(charset.name()).isEmpty();
            assertThat(read.rejections()).as(charset.name()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c3",
                "c3 28",
                "c0 af",
                "c1 81",
                "e0 80 af",
                "e2 82",
                "ed a0 80",
                "ed b0 80",
                "f0 80 80 af",
                "f0 9f 98",
                "f4 90 80 80",
                "f8 88 80 80 80",
                "fe",
                "ff"
            })
    void bytesThatAreNoUtf8AreRejectedWhereverTheyStand(String hex) throws IOException {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        for (String line : List.of(line("a§"), line("a").replace("{", "{\"note\":\"§\","), line("a") + "§", "§")) {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            for (byte b : (line + "\n" + line("b")).getBytes(StandardCharsets.ISO_8859_1)) {
                input.writeBytes(b == (byte) '§' ? bytes : new byte[] {b});
            }

            ReadEvents read = ReadEvents.of(input.toByteArray());

            assertThat(read.rejections()).containsExactly(new Rejection(1, "", EventReader.NOT_UTF8));
            assertThat(ids(read)).containsExactly("b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ""})
    void aLineHasAMebibyteAndNoByteMore(String end) throws IOException {
        ReadEvents read = ReadEvents.of(line("a", LineInput.MAX_LINE) + end);
        assertThat(ids(read)).containsExactly("a");
        assertThat(read.rejections()).isEmpty();

        read = ReadEvents.of(line("a", LineInput.MAX_LINE + 1) + end);
        assertThat(read.events()).isEmpty();
        assertThat(read.rejections()).containsExactly(new Rejection(1, "", EventReader.TOO_LONG));
    }

    @Test
    void shortLinesFollowALongOne() throws IOException {
        ReadEvents read = ReadEvents.of(line("a", LineInput.MAX_LINE) + "\n" + (line("b") + "\n").repeat(20_000));

        assertThat(read.events()).hasSize(20_001);
        assertThat(read.rejections()).isEmpty();
    }

    @Test
    void aLongLineIsSkippedWithoutBeingHeld() throws IOException {
        InputStream input = concatenated(
                stream(line("a") + "\n{\"id\":\""),
                new Repeated('x', 10_000_000),
                stream("\"}\n" + line("b") + "\n"),
                new Repeated('y', 10_000_000),
                stream("\r\n"),
                new Repeated(' ', 10_000_000));
        LineInput lines = new LineInput(new PlainOrGzip(input));
        List<LineInput.Next> met = new ArrayList<>();
        do {
            met.add(lines.next());
            assertThat(lines.bytes()).hasSizeLessThan(LineInput.MAX_LINE + 1_000);
        } while (met.get(met.size() - 1) != LineInput.Next.END);

        assertThat(met)
                .containsExactly(
                        LineInput.Next.LINE,
                        LineInput.Next.TOO_LONG,
                        LineInput.Next.LINE,
                        LineInput.Next.TOO_LONG,
                        LineInput.Next.TOO_LONG,
                        LineInput.Next.END);
        assertThat(lines.number()).isEqualTo(5);
    }

    @Property(tries = 200)
    void howTheBytesArriveMakesNoDifference(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int atMost)
            throws IOException {
        String text = BYTE_ORDER_MARK + line("a") + "\r\n\n" + line("ñ") + "\n{\n" + line("b", 70_000) + "\n"
                + line("c", 66_000) + "\r\n" + line("d");
        ReadEvents whole = ReadEvents.of(text);
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);

        assertThat(ReadEvents.of(new Dribble(stream(plain), random, atMost))).isEqualTo(whole);
        assertThat(ReadEvents.of(new Dribble(stream(gzip(plain)), random, atMost)))
                .isEqualTo(whole);
    }

    @Test
    void aFileMayBeGzip() throws IOException {
        byte[] compressed = gzip((line("a") + "\n" + line("b")).getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("events.ndjson"), compressed);

        try (EventReader reader = EventReader.open(file)) {
            List<Rejection> rejections = new ArrayList<>();
            assertThat(reader.next(rejections::add)).isNotNull();
            assertThat(reader.next(rejections::add)).isNotNull();
            assertThat(reader.line()).isEqualTo(2);
            assertThat(reader.next(rejections::add)).isNull();
            assertThat(reader.next(rejections::add)).isNull();
            assertThat(reader.bytesRead()).isEqualTo(compressed.length);
            assertThat(rejections).isEmpty();
        }
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> EventReader.open(missing)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void gzipMembersFollowOneAnotherWhereverTheLinesBreak() throws IOException {
        String text = line("a") + "\n" + line("b") + "\n" + line("c") + "\n";
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int from = 0; from < text.length(); from += 7) {
            members.writeBytes(
                    gzip(text.substring(from, Math.min(from + 7, text.length())).getBytes(StandardCharsets.UTF_8)));
            members.writeBytes(gzip(new byte[0]));
        }

        ReadEvents read = ReadEvents.of(new Dribble(stream(members.toByteArray()), new Random(7), 50));

        assertThat(ids(read)).containsExactly("a", "b", "c");
        assertThat(read.rejections()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8, 16, 2 | 4, 4 | 8, 8 | 16, 2 | 4 | 8 | 16})
    void aGzipHeaderMayHaveAllThatItCan(int flags) throws IOException {
        byte[] member = gzip(line("a").getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(member, 0, 3);
        header.write(flags);
        header.write(member, 4, 6);
        if ((flags & 4) != 0) {
            header.writeBytes(new byte[] {2, 1}); // 258 more
            header.writeBytes(new byte[258]);
        }
        if ((flags & 8) != 0) {
            header.writeBytes("events.ndjson\0".getBytes(StandardCharsets.ISO_8859_1));
        }
        if ((flags & 16) != 0) {
            header.writeBytes("a comment\0".getBytes(StandardCharsets.ISO_8859_1));
        }
        if ((flags & 2) != 0) {
            CRC32 checksum = new CRC32();
            checksum.update(header.toByteArray());
            header.write((int) checksum.getValue());
            header.write((int) checksum.getValue() >> 8);
        }
        header.write(member, 10, member.length - 10);

        assertThat(ids(ReadEvents.of(header.toByteArray()))).containsExactly("a");
    }

    @Test
    void gzipThatIsCutOffCountsUpToThere() throws IOException {
        StringBuilder text = new StringBuilder();
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            text.append(line("e" + i + "-" + random.nextLong())).append('\n');
        }
        byte[] member = gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        List<KpiEvent> all = ReadEvents.of(text.toString()).events();
        byte[] two = concatenated(stream(member), stream(member)).readAllBytes();
        for (int length = 2; length < two.length; length++) {
            ReadEvents read = ReadEvents.of(new ByteArrayInputStream(two, 0, length));
            int whole = read.events().size();

            assertThat(read.events().subList(0, Math.min(whole, 40))).isEqualTo(all.subList(0, Math.min(whole, 40)));
            if (length == member.length) {
                assertThat(read.rejections()).isEmpty();
            } else {
                assertThat(read.rejections()).containsExactly(new Rejection(whole + 1, "", EventReader.DAMAGED));
            }
        }
    }

    @Test
    void whatWasInflatedAheadOfTheDamageCounts() throws IOException {
        StringBuilder text = new StringBuilder();
        Random random = new Random(13);
        for (int i = 0; i < 2_000; i++) {
            text.append(line("e" + i + "-" + random.nextLong())).append('\n');
        }
        byte[] bytes = gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        for (int at = bytes.length / 2; at < bytes.length / 2 + 2_000; at++) {
            bytes[at] = (byte) 0xff;
        }

        ReadEvents read = ReadEvents.of(bytes);

        assertThat(read.events()).hasSizeGreaterThan(800);
        assertThat(read.rejections()).last().extracting(Rejection::rule).isEqualTo(EventReader.DAMAGED);
    }

    @Test
    void aFlippedBitInGzipIsReportedUnlessItSaysNothing() throws IOException {
        byte[] bytes = gzip((line("a") + "\n" + line("b") + "\n").getBytes(StandardCharsets.UTF_8));
        ReadEvents whole = ReadEvents.of(bytes);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            ReadEvents read = ReadEvents.of(flipped);

            if (read.rejections().isEmpty()) {
                assertThat(read).as("bit %s", bit).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\n", "{}", "plain text behind the archive", "\u001f", "\u0000"})
    void whatFollowsGzipAndIsNoneIsReported(String trailer) throws IOException {
        byte[] member = gzip((line("a") + "\n").getBytes(StandardCharsets.UTF_8));

        ReadEvents read = ReadEvents.of(concatenated(stream(member), stream(trailer)));

        assertThat(ids(read)).containsExactly("a");
        assertThat(read.rejections()).containsExactly(new Rejection(2, "", EventReader.DAMAGED));
    }

    @Test
    void aPlainInputThatIsCutOffLosesItsLastLine() throws IOException {
        ReadEvents read = ReadEvents.of(line("a") + "\n" + line("b").substring(0, 60));

        assertThat(ids(read)).containsExactly("a");
        assertThat(read.rejections()).containsExactly(new Rejection(2, "", EventParser.NOT_JSON));
    }

    @Test
    void anInputThatCannotBeReadIsAnException() throws IOException {
        IOException fault = new IOException("The disk is gone");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw fault;
            }
        };
        try (EventReader reader = EventReader.of(concatenated(stream(line("a") + "\n"), broken))) {
            assertThat(reader.next(rejection -> {})).isNotNull();
            assertThatThrownBy(() -> reader.next(rejection -> {})).isSameAs(fault);
        }
    }

    @Test
    void progressIsReadableOnTheWay() throws IOException {
        byte[] input = (line("a") + "\n").repeat(5_000).getBytes(StandardCharsets.UTF_8);
        try (EventReader reader = EventReader.of(stream(input))) {
            assertThat(reader.bytesRead()).isZero();
            long before = 0;
            while (reader.next(rejection -> {}) != null) {
                long consumed = reader.line() * (input.length / 5_000);
                assertThat(reader.bytesRead()).isBetween(Math.max(before, consumed), consumed + 200_000);
                before = reader.bytesRead();
            }
            assertThat(reader.bytesRead()).isEqualTo(input.length);
        }
    }

    @Test
    void closesWhatItReads() throws IOException {
        for (byte[] input : List.of(new byte[0], gzip(new byte[0]))) {
            AtomicBoolean closed = new AtomicBoolean();
            InputStream in = new FilterInputStream(stream(input)) {
                @Override
                public void close() {
                    closed.set(true);
                }
            };

            ReadEvents.of(in);

            assertThat(closed).isTrue();
        }
    }

    private static List<String> ids(ReadEvents read) {
        return read.events().stream().map(KpiEvent::id).toList();
    }

    private static String line(String id) {
        return "{\"id\":\"" + id
                + "\",\"clinicId\":\"sol\",\"at\":\"2026-03-02T13:00:00Z\""
                + ",\"type\":\"feature.used\",\"feature\":\"x\"}";
    }

    private static String line(String id, int length) {
        String line = line(id);
        return line.substring(0, line.length() - 1) + ",\"note\":\"" + "n".repeat(length - line.length() - 10) + "\"}";
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static InputStream stream(String text) {
        return stream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream concatenated(InputStream... streams) {
        InputStream all = InputStream.nullInputStream();
        for (InputStream stream : streams) {
            all = new SequenceInputStream(all, stream);
        }
        return all;
    }

    /** One character, many times over, out of no memory. */
    private static final class Repeated extends InputStream {

        private final char character;
        private int left;

        Repeated(char character, int times) {
            this.character = character;
            this.left = times;
        }

        @Override
        public int read() {
            return left-- > 0 ? character : -1;
        }
    }

    /** Hands over a few bytes at a time, as a network does. */
    private static final class Dribble extends FilterInputStream {

        private final Random random;
        private final int atMost;

        Dribble(InputStream in, Random random, int atMost) {
            super(in);
            this.random = random;
            this.atMost = atMost;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(atMost)));
        }
    }
}
