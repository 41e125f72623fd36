package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.StoredEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** One of many days, and of many entities of which some are open conversations. */
    static Checkpoint large(ClinicId clinic) {
        Checkpoint small = checkpoint(clinic, 1);
        Map<Long, byte[]> days = new HashMap<>();
        List<StoredEntity> entities = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            days.put((long) i, says(i));
            entities.add(new StoredEntity(EntityKey.conversation(i), says(i), i % 4 == 0 ? (long) i : null));
            entities.add(new StoredEntity(EntityKey.patient(i), says(i), null));
        }
        return new Checkpoint(clinic, small.fingerprint(), 1, small.asOf(), 1, 1, true, days, entities, small.ahead());
    }

    /** That what is kept is the checkpoint of this number, in all of its parts. */
    static void assertKept(Checkpoint loaded, int number) {
        Checkpoint expected = checkpoint(loaded.clinic(), number);
        assertThat(loaded.position()).isEqualTo(number);
        assertThat(loaded.newest()).isEqualTo(number);
        assertThat(loaded.days()).containsOnlyKeys(1L);
        assertThat(loaded.days().get(1L)).isEqualTo(says(number));
        assertThat(loaded.entities()).isEqualTo(expected.entities());
        assertThat(loaded.ahead()).isEqualTo(expected.ahead());
    }

    static byte[] says(int number) {
        return new byte[] {1, (byte) number};
    }
}
