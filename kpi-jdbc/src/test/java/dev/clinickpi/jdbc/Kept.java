package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.StoredEntity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Checkpoints in which everything says one number, and what a clinic that is kept says. */
final class Kept {

    private Kept() {}

    /** A whole clinic at that position: a day, an open conversation, a fact that lies ahead. */
    static Checkpoint checkpoint(ClinicId clinic, int number) {
        byte[] says = says(number);
        StoredEntity open = new StoredEntity(EntityKey.conversation(1), says, (long) number);
        return new Checkpoint(
                clinic,
                "form",
                number,
                Instant.ofEpochMilli(number),
                number,
                number,
                true,
                Map.of(1L, says),
                List.of(open),
                List.of(Facts.csat(clinic, number, 5)));
    }

    static byte[] says(int number) {
        return new byte[] {1, (byte) number};
    }
}
