package dev.clinickpi.event;

import static dev.clinickpi.event.ReadEvents.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Good lines about one patient, broken in every way that comes to mind, each between good ones. Whatever a line has become, it is an event,
 * a rejection or blank; its neighbours are read as ever; and no rejection knows anything of the patient.
 */
class EventReaderMutationTest {

    private static final int MUTANTS = 10_000;

    private static final List<String> CANARIES =
            List.of("quijote", "zoltán", "600987654", "mancha.example", "wamid", "implante", "conv-", "visita");

    private static final String PERSON = "'conversationId':'conv-600987654','patientId':'+34600987654'";

    private static final List<String> GOOD = Stream.of(
                    "'type':'message','from':'patient','vertical':'dental',"
                            + "'text':'Soy Zoltán Quijote, zoltan@mancha.example 🦷'",
                    "'type':'lead.scored','tier':'hot'",
                    "'type':'appointment','appointmentId':'visita-600987654','status':'booked',"
                            + "'startsAt':'2026-03-09T09:30:00+01:00',"
                            + "'serviceId':'implante','value':{'amount':'850.00','currency':'EUR'}",
                    "'type':'waitlist.offered','cancelledAppointmentId':'visita-600987654'",
                    "'type':'csat.submitted','score':4,'comment':'Gracias, Zoltán Quijote'",
                    "'type':'llm.used','model':'gpt-4o-mini',"
                            + "'inputTokens':2066,'cachedInputTokens':143,'outputTokens':718,"
                            + "'cost':{'amount':'0.0021','currency':'USD'}",
                    "'type':'patient.onboarded','contact':{'name':'Zoltán Quijote','phones':['+34600987654']}")
            .map(rest -> json("{'id':'wamid.600987654','clinicId':'sol','at':'2026-03-02T13:00:00.123Z'," + PERSON + ","
                    + rest + "}"))
            .toList();

    private static final List<String> VALUES = Stream.of(
                    "null",
                    "true",
                    "-1",
                    "4.5",
                    "1e400",
                    "9223372036854775808",
                    "9".repeat(5_000),
                    "''",
                    "' '",
                    "'600987654'",
                    "'Zoltán Quijote'",
                    "'zoltan@mancha.example'",
                    "'\\u0000quijote'",
                    "'\\ud800quijote'",
                    "'" + "quijote".repeat(100) + "'",
                    "[]",
                    "['Zoltán Quijote']",
                    "{}",
                    "{'amount':'quijote','currency':'600987654'}",
                    "{'amount':'600987654','currency':'quijote'}",
                    "[".repeat(40) + "'quijote'" + "]".repeat(40),
                    "{'quijote':".repeat(40) + "1" + "}".repeat(40),
                    "quijote",
                    "'quijote")
            .map(ReadEvents::json)
            .toList();

    private static final Set<String> FIELDS = Stream.concat(
                    Stream.of(""), Arrays.stream(EventField.values()).map(EventField::path))
            .collect(Collectors.toSet());

    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private final Map<Long, KpiEvent> expected = new HashMap<>();
    private long lines;

    @ParameterizedTest
    @ValueSource(ints = {0, LineParsers.MANY})
    void aMutantHarmsNobody(int strangeNamesAhead) throws IOException {
        Random random = new Random(20_260_302);
        write(bytes(IntStream.range(0, strangeNamesAhead)
                .mapToObj(name -> quoted("strange" + name) + ":1")
                .collect(Collectors.joining(",", "{", "}"))));
        for (int i = 0; i < MUTANTS; i++) {
            String good = GOOD.get(i % GOOD.size());
            write(mutate(good, random));
            write(good.getBytes(StandardCharsets.UTF_8));
            expected.put(lines, ReadEvents.of(good).events().get(0));
        }

        ReadEvents read = ReadEvents.of(input.toByteArray());

        Set<Long> accounted = new HashSet<>();
        for (int i = 0; i < read.events().size(); i++) {
            long line = read.lines().get(i);
            assertThat(accounted.add(line)).as("line %s comes once", line).isTrue();
            KpiEvent good = expected.remove(line);
            if (good != null) {
                assertThat(read.events().get(i)).isEqualTo(good);
            }
        }
        assertThat(expected).as("good lines that were not read").isEmpty();
        for (Rejection rejection : read.rejections()) {
            assertThat(accounted.add(rejection.line()))
                    .as("line %s comes once", rejection.line())
                    .isTrue();
            assertThat(rejection.field()).isIn(FIELDS);
            assertThat(rejection.toString().toLowerCase(Locale.ROOT)).doesNotContain(CANARIES);
        }
        assertThat(accounted).isEqualTo(linesThatAreNotBlank());
        assertThat(read.rejections()).hasSizeGreaterThan(MUTANTS / 2);
    }

    private void write(byte[] line) {
        input.writeBytes(line);
        input.write('\n');
        lines++;
        for (byte b : line) {
            lines += b == '\n' ? 1 : 0;
        }
    }

    private Set<Long> linesThatAreNotBlank() {
        Set<Long> numbers = new HashSet<>();
        long number = 0;
        for (String line : input.toString(StandardCharsets.ISO_8859_1).split("\n")) {
            number++;
            if (!line.matches("[ \t\r]*")) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static byte[] mutate(String line, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> bytes(replaceMember(line, random, name -> quoted(name) + ":" + any(VALUES, random)));
            case 1 -> bytes(replaceMember(line, random, name -> quoted(any(CANARIES, random)) + ":1"));
            case 2 -> bytes(replaceMember(line, random, name -> "\"x\":1"));
            case 3 -> bytes(twice(line, random));
            case 4 -> Arrays.copyOf(bytes(line), random.nextInt(bytes(line).length));
            case 5 -> bytes(line + any(List.of("}", ",", "x", "{}", "\"quijote\"", "\0", line), random));
            case 6 -> flip(bytes(line), 1, random);
            case 7 -> flip(bytes(line), 1 + random.nextInt(8), random);
            default -> insert(bytes(line), random);
        };
    }

    /** Replaces a member of the object by what {@code replacement} makes of its name. */
    private static String replaceMember(String line, Random random, UnaryOperator<String> replacement) {
        String[] members = members(line);
        int at = random.nextInt(members.length);
        String name = members[at].substring(members[at].indexOf('"') + 1, members[at].indexOf("\":"));
        members[at] = replacement.apply(name);
        return "{" + String.join(",", members) + "}";
    }

    private static String twice(String line, Random random) {
        String[] members = members(line);
        return "{" + String.join(",", members) + "," + any(List.of(members), random) + "}";
    }

    /** Splits at the commas between members, which a quote follows and none within a value does. */
    private static String[] members(String line) {
        return line.substring(1, line.length() - 1).split(",(?=\"(?!currency))");
    }

    private static byte[] flip(byte[] bytes, int flips, Random random) {
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] insert(byte[] bytes, Random random) {
        byte[] inserted = new byte[1 + random.nextInt(6)];
        random.nextBytes(inserted);
        if (random.nextBoolean()) {
            Arrays.fill(inserted, (byte) random.nextInt(' '));
        }
        int at = random.nextInt(bytes.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(inserted);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
