package dev.clinickpi.testkit;

import static dev.clinickpi.testkit.Checkpoints.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.LeaseLostException;
import dev.clinickpi.testkit.CellStoreProperties.Change;
import dev.clinickpi.testkit.CellStoreProperties.GiveBack;
import dev.clinickpi.testkit.CellStoreProperties.Save;
import dev.clinickpi.testkit.CellStoreProperties.Step;
import dev.clinickpi.testkit.CellStoreProperties.Take;
import dev.clinickpi.testkit.Checkpoints.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store and the model beside it, through one history. */
final class CellStoreHistory {

    private static final Duration ACTIVE_WINDOW = Duration.ofMillis(50);
    private static final int SHARDS = 2;
    private static final List<Clinic> CLINICS =
            List.of(Samples.clinic("0-0"), Samples.clinic("0-1"), Samples.clinic("1-0"), Samples.clinic("1-1"));

    private final CellStore store;
    private final StoreModel model = new StoreModel();
    /** Each owner's last lease of a shard. */
    private final Map<String, Lease> leases = new HashMap<>();

    private final Map<Integer, Long> tokens = new HashMap<>();
    /** The store's version of each clinic by how many changes it had then, from none on. */
    private final Map<ClinicId, List<Long>> versions = new HashMap<>();

    private long position;

    private CellStoreHistory(CellStore store) {
        this.store = store;
    }

    static void check(CellStore store, List<Step> history) {
        CellStoreHistory through = new CellStoreHistory(store);
        for (Step step : history) {
            through.take(step);
            if (step instanceof Save save) {
                through.compare(CLINICS.get(2 * save.shard()).id());
                through.compare(CLINICS.get(2 * save.shard() + 1).id());
            }
        }
        CLINICS.forEach(clinic -> through.compare(clinic.id()));
        assertThat(store.standings()).isEqualTo(through.model.standings());
    }

    private void take(Step step) {
        if (step instanceof Take take) {
            lease(take);
        } else if (step instanceof GiveBack giveBack) {
            Lease lease = leases.get(giveBack.shard() + giveBack.owner());
            if (lease != null) {
                store.release(lease);
                model.release(lease);
            }
        } else if (step instanceof Save save) {
            save(save);
        }
    }

    private void lease(Take take) {
        Duration length = take.lasts() ? Checkpoints.LONG : Duration.ZERO;
        Lease before = leases.get(take.shard() + take.owner());
        boolean keeps = before != null && model.isNewest(before);
        @Nullable Lease found = store.lease(take.shard(), SHARDS, take.owner(), length);
        if (!model.lease(take.shard(), take.owner(), take.lasts())) {
            assertThat(found).isNull();
            return;
        }
        Lease lease = present(found);
        if (keeps) {
            assertThat(lease).isEqualTo(before);
        } else {
            assertThat(lease).isEqualTo(new Lease(take.shard(), take.owner(), lease.token()));
            assertThat(lease.token()).isGreaterThan(tokens.getOrDefault(take.shard(), 0L));
            tokens.put(take.shard(), lease.token());
        }
        leases.put(take.shard() + take.owner(), lease);
    }

    private void save(Save save) {
        Lease lease = leases.get(save.shard() + save.owner());
        if (lease == null) {
            return;
        }
        List<Checkpoint> changes = new ArrayList<>();
        save.changes().forEach(change -> changes.add(checkpoint(save, change)));
        if (model.isNewest(lease)) {
            store.save(lease, Checkpoints.at(save.millis()), changes);
            model.save(save.shard(), Checkpoints.at(save.millis()), changes);
        } else {
            assertThatThrownBy(() -> store.save(lease, Checkpoints.at(save.millis()), changes))
                    .isInstanceOf(LeaseLostException.class);
        }
    }

    private Checkpoint checkpoint(Save save, Change change) {
        Clinic clinic = CLINICS.get(2 * save.shard() + change.clinic());
        List<Fact> ahead = new ArrayList<>();
        change.ahead()
                .forEach(score -> ahead.add(new PlainGate().admit(Samples.csat("e" + score, clinic, score), clinic)));
        return Checkpoints.checkpoint(
                clinic.id(), position++, save.millis(), change.whole(), change.days(), change.entities(), ahead);
    }

    private void compare(ClinicId clinic) {
        assertThat(Content.of(store.load(clinic))).isEqualTo(Content.of(model.load(clinic)));
        int changes = model.changes(clinic);
        if (changes == 0) {
            assertThat(store.read(clinic, 0, Duration.ZERO)).isNull();
            return;
        }
        List<Long> seen = versions.computeIfAbsent(clinic, none -> new ArrayList<>(List.of(0L)));
        if (seen.size() == changes) {
            long version = read(clinic, 0).version();
            assertThat(version).isGreaterThan(seen.get(changes - 1));
            seen.add(version);
        }
        for (int before = 0; before <= changes; before++) {
            compare(clinic, before, read(clinic, seen.get(before)), seen.get(changes));
        }
    }

    private KeptCells read(ClinicId clinic, long since) {
        return present(store.read(clinic, since, ACTIVE_WINDOW));
    }

    private void compare(ClinicId clinic, int before, KeptCells cells, long version) {
        Checkpoint loaded = present(model.load(clinic));
        assertThat(cells.version()).isEqualTo(version);
        assertThat(cells.fingerprint()).isEqualTo(loaded.fingerprint());
        assertThat(cells.asOf()).isEqualTo(loaded.asOf());
        assertThat(cells.activeConversations()).isEqualTo(model.active(clinic, ACTIVE_WINDOW));
        if (before > 0) {
            assertThat(cells.whole()).isEqualTo(model.isWholeSince(clinic, before));
        }
        Map<Long, byte[]> expected = cells.whole() ? model.days(clinic) : model.daysSince(clinic, before);
        assertThat(Checkpoints.text(cells.days())).isEqualTo(Checkpoints.text(expected));
    }
}
