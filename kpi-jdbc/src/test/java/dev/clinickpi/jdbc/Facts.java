package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.util.HexFormat;

/** Facts of chosen ids, as a store keeps them. */
final class Facts {

    private Facts() {}

    /** A score of conversation 1 and patient 2. */
    static Fact csat(ClinicId clinic, long id, int score) {
        byte[] content = HexFormat.of().parseHex("010880b5ebb8d3330000000000000001000000000000000205");
        content[content.length - 1] = (byte) score;
        return FactCodec.decode(clinic, id, content);
    }
}
