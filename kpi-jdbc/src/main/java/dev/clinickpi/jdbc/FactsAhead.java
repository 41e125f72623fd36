package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The facts of a clinic that wait for their time, as bytes: of each its id, the length of its content, and that. */
final class FactsAhead {

    private static final int HEAD = Long.BYTES + Integer.BYTES;

    private FactsAhead() {}

    static byte[] encode(List<Fact> facts) {
        List<byte[]> contents = facts.stream().map(FactCodec::encode).toList();
        ByteBuffer bytes = ByteBuffer.allocate(
                contents.stream().mapToInt(content -> HEAD + content.length).reduce(0, Math::addExact));
        for (int i = 0; i < contents.size(); i++) {
            bytes.putLong(facts.get(i).id()).putInt(contents.get(i).length).put(contents.get(i));
        }
        return bytes.array();
    }

    /** @throws IllegalArgumentException if they are no facts of a version that this library reads */
    static List<Fact> decode(ClinicId clinic, byte[] encoded) {
        List<Fact> facts = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            while (bytes.hasRemaining()) {
                long id = bytes.getLong();
                facts.add(FactCodec.decode(clinic, id, content(bytes)));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The facts that lie ahead are cut short", e);
        }
        return facts;
    }

    private static byte[] content(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("A fact that lies ahead is cut short");
        }
        byte[] content = new byte[length];
        bytes.get(content);
        return content;
    }
}
