package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.event.KpiEvent.Sender;

/**
 * The messages of a conversation and the turns that they make (section 3).
 *
 * <p>A turn opens at a patient's message when none is open and closes at the next reply. So between two neighbouring reply instants lies at most one
 * turn: it opens at the first patient message after the earlier reply and closes at the later one, which is the bot's when the bot wrote at that
 * instant, since it stands before a human there. (A patient's message of a reply's own instant stands before the reply.) That makes the turns a
 * function of three sets of instants, and a new message the business of one gap alone.
 */
final class Turns {

    private final InstantSet patient = new InstantSet();
    private final InstantSet bot = new InstantSet();
    private final InstantSet human = new InstantSet();

    /** Adds a message and sends what it changes; false if there was one of this sender and instant. */
    boolean add(Sender from, long at, DeltaSink sink) {
        InstantSet sent = sent(from);
        if (sent.contains(at)) {
            return false;
        }
        long gapStart = Math.max(bot.before(at), human.before(at));
        long gapEnd = Math.min(bot.atOrAfter(at), human.atOrAfter(at));
        emit(gapStart, gapEnd, -1, sink);
        sent.add(at);
        if (from == Sender.PATIENT || gapEnd == at) {
            emit(gapStart, gapEnd, 1, sink);
        } else {
            emit(gapStart, at, 1, sink);
            emit(at, gapEnd, 1, sink);
        }
        return true;
    }

    /** The turn of the gap {@code (gapStart, gapEnd]}, if there is one. */
    private void emit(long gapStart, long gapEnd, long n, DeltaSink sink) {
        long opening = patient.after(gapStart);
        if (opening == InstantSet.NONE || opening > gapEnd) {
            return;
        }
        if (gapEnd == InstantSet.NONE) {
            sink.count(Measure.UNANSWERED_TURNS, opening, Dimension.NONE, n);
        } else {
            Measure measure = bot.contains(gapEnd) ? Measure.BOT_RESPONSE_TIMES : Measure.HUMAN_RESPONSE_TIMES;
            sink.time(measure, opening, gapEnd - opening, n);
        }
    }

    /** The first bot message that stands after a patient's message of an instant, or {@link InstantSet#NONE}. */
    long firstBotMessage(long patientMessage) {
        return bot.atOrAfter(patientMessage);
    }

    /** The latest message, anyone's, or {@link Long#MIN_VALUE}. */
    long lastMessage() {
        return Math.max(patient.last(), Math.max(bot.last(), human.last()));
    }

    void write(ByteWriter out) {
        patient.write(out);
        bot.write(out);
        human.write(out);
    }

    void read(ByteReader in) {
        patient.read(in);
        bot.read(in);
        human.read(in);
    }

    /** How many messages there are. */
    int messages() {
        return patient.size() + bot.size() + human.size();
    }

    private InstantSet sent(Sender from) {
        return switch (from) {
            case PATIENT -> patient;
            case BOT -> bot;
            case HUMAN -> human;
        };
    }
}
