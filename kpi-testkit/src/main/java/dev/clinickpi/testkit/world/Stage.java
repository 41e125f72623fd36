package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where happenings become events: it knows the clinics and the anchors, and numbers what it is told. */
final class Stage {

    private final Anchors anchors;
    private final List<ClinicId> clinics;
    private final Map<ClinicId, Integer> told = new HashMap<>();
    private final Map<List<Object>, String> whoBehindEqualValues = new HashMap<>();
    private final List<KpiEvent> events = new ArrayList<>();

    Stage(Anchors anchors, Set<ClinicId> clinics) {
        this.anchors = anchors;
        this.clinics = List.copyOf(clinics);
    }

    /** One thing that may happen, or a few that follow each other, before it is known when and to whom. */
    interface Happening {
        void play(Stage stage);
    }

    /** An event but for what all events have. */
    interface Plot {
        KpiEvent event(String id, ClinicId clinic, Instant at, Anchors anchors);
    }

    Instant at(Moment moment) {
        return anchors.at(moment);
    }

    /**
     * Tells an event of the clinic at a place, unless the specification would not say which of two it follows. Ids repeat from clinic to
     * clinic.
     */
    void tell(int place, Instant at, Plot plot) {
        ClinicId clinic = clinics.get(place % clinics.size());
        String id = "e" + told.merge(clinic, 1, Integer::sum);
        KpiEvent event = plot.event(id, clinic, at, anchors);
        if (isOrdered(event)) {
            events.add(event);
        }
    }

    List<KpiEvent> events() {
        return events;
    }

    /**
     * Two events of one instant that differ in nothing but ids stand in no order (section 1). Where the later one decides whose something
     * is, no answer is right, so the second is left out: patient messages of one conversation and CSAT submissions for one from two
     * patients, states of one appointment for two patients or from two conversations.
     */
    private boolean isOrdered(KpiEvent event) {
        Set<Boolean> agreed = new HashSet<>();
        if (event instanceof KpiEvent.Message e && e.from() == KpiEvent.Sender.PATIENT) {
            agreed.add(agrees(values(e, "patient", e.conversationId(), "" + e.vertical()), e.patientId()));
        } else if (event instanceof KpiEvent.CsatSubmitted e) {
            agreed.add(agrees(values(e, "patient", e.conversationId(), e.score()), e.patientId()));
        } else if (event instanceof KpiEvent.Appointment e) {
            Object values = List.of(e.status(), e.startsAt(), "" + e.serviceId(), "" + e.value());
            agreed.add(agrees(values(e, "patient", e.appointmentId(), values), e.patientId()));
            if (e.conversationId() != null) {
                agreed.add(agrees(values(e, "conversation", e.appointmentId(), values), e.conversationId()));
            }
        }
        return !agreed.contains(false);
    }

    private static List<Object> values(KpiEvent event, String whose, String of, Object others) {
        return List.of(event.type(), event.clinicId(), event.at(), whose, of, others);
    }

    private boolean agrees(List<Object> values, String id) {
        String first = whoBehindEqualValues.putIfAbsent(values, id);
        return first == null || first.equals(id);
    }
}
