package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.time.LocalDays;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {

    private static final long START = 1_772_000_000_000L;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "P0 B1000, 'bot 1000 '",
        "P0, 'open 0 '",
        "B0, ''",
        "P0 P500 B1000, 'bot 1000 '",
        "P0 H1000 B2000, 'human 1000 '",
        "P0 B1000 H2000, 'bot 1000 '",
        "P0 B1000 H1000, 'bot 1000 '",
        "P0 B0, 'bot 0 '",
        "B0 P0, 'bot 0 '",
        "P0 B5 P5 B9, 'bot 5 '",
        "P0 B5 P6 B9 P10, 'bot 5 bot 3 open 10 '",
        "P0 H5 P6 B9, 'human 5 bot 3 '",
    })
    void aConversationAndItsTurns(String messages, String turns) {
        CellTable cells = cells();
        Turns folded = new Turns();
        for (String message : messages.split(" ")) {
            folded.add(sender(message.charAt(0)), START + Long.parseLong(message.substring(1)), cells);
        }
        CellTable expected = cells();
        for (String turn : turns.isEmpty() ? new String[0] : turns.trim().split("(?<=\\d) ")) {
            String[] kindAndMillis = turn.split(" ");
            long millis = Long.parseLong(kindAndMillis[1]);
            switch (kindAndMillis[0]) {
                case "bot" -> expected.time(Measure.BOT_RESPONSE_TIMES, START, millis, 1);
                case "human" -> expected.time(Measure.HUMAN_RESPONSE_TIMES, START, millis, 1);
                default -> expected.count(Measure.UNANSWERED_TURNS, START, Dimension.NONE, 1);
            }
        }
        assertThat(cells).isEqualTo(expected);
    }

    @Test
    void knowsItsFirstAnswerAndItsLastMessage() {
        Turns turns = new Turns();
        assertThat(turns.lastMessage()).isEqualTo(Long.MIN_VALUE);
        turns.add(Sender.BOT, START, cells());
        turns.add(Sender.PATIENT, START + 1, cells());
        assertThat(turns.firstBotMessage(START)).isEqualTo(START);
        assertThat(turns.firstBotMessage(START + 1)).isEqualTo(InstantSet.NONE);
        turns.add(Sender.HUMAN, START + 2, cells());
        assertThat(turns.lastMessage()).isEqualTo(START + 2);
    }

    @Property
    void turnsAreThoseOfAWalkOverTheMessagesInOrderWhateverOrderTheyCameIn(@ForAll("messages") List<Message> messages) {
        CellTable cells = cells();
        Turns turns = new Turns();
        for (Message message : messages) {
            turns.add(message.from, message.at, cells);
            turns.add(message.from, message.at, cells);
        }
        assertThat(cells).isEqualTo(walk(messages));
    }

    /** Section 3, word by word. */
    private static CellTable walk(List<Message> messages) {
        CellTable cells = cells();
        List<Message> ordered = messages.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Message::at).thenComparing(Message::from))
                .collect(Collectors.toCollection(ArrayList::new));
        Map<Boolean, Long> open = new TreeMap<>();
        for (Message message : ordered) {
            if (message.from == Sender.PATIENT) {
                open.putIfAbsent(true, message.at);
            } else if (open.containsKey(true)) {
                long opening = open.remove(true);
                Measure measure =
                        message.from == Sender.BOT ? Measure.BOT_RESPONSE_TIMES : Measure.HUMAN_RESPONSE_TIMES;
                cells.time(measure, opening, message.at - opening, 1);
            }
        }
        open.values().forEach(opening -> cells.count(Measure.UNANSWERED_TURNS, opening, Dimension.NONE, 1));
        return cells;
    }

    @Provide
    Arbitrary<List<Message>> messages() {
        return Combinators.combine(
                        Arbitraries.of(Sender.class), Arbitraries.longs().between(0, 12))
                .as((from, at) -> new Message(from, START + at * 600_000))
                .list()
                .ofMaxSize(20);
    }

    private static Sender sender(char letter) {
        return switch (letter) {
            case 'P' -> Sender.PATIENT;
            case 'B' -> Sender.BOT;
            default -> Sender.HUMAN;
        };
    }

    private static CellTable cells() {
        return new CellTable(LocalDays.in(ZoneOffset.UTC));
    }

    record Message(Sender from, long at) {}
}
