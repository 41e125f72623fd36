package dev.clinickpi.access;

import dev.clinickpi.event.PrivacyGate;

/** Both ends of privacy: what comes in passes the gate, what goes out passes publication. An engine cannot be built without it. */
public interface Privacy {

    /** What events come in through. */
    PrivacyGate gate();

    /** What figures go out through. */
    Publication publication();
}
