package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Facts of chosen ids, as a store keeps them. */
final class Facts {

    private Facts() {}

    /** A score of conversation 1 and patient 2. */
    static Fact csat(ClinicId clinic, long id, int score) {
        byte[] content = HexFormat.of().parseHex("010880b5ebb8d3330000000000000001000000000000000205");
        content[content.length - 1] = (byte) score;
        return FactCodec.decode(clinic, id, content);
    }

    /** A score of a conversation and patient 2, at an instant. */
    static Fact csat(ClinicId clinic, long id, long conversation, String at) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {1, 8});
        long rest = Instant.parse(at).toEpochMilli();
        while (rest > 0x7F) {
            content.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        content.write((int) rest);
        content.writeBytes(
                ByteBuffer.allocate(16).putLong(conversation).putLong(2).array());
        content.write(5);
        return FactCodec.decode(clinic, id, content.toByteArray());
    }

    /** All of a clinic, by position. */
    static Map<Long, Fact> read(EventLog log, ClinicId clinic) {
        Map<Long, Fact> facts = new LinkedHashMap<>();
        log.read(clinic, 0, facts::put);
        return facts;
    }
}
