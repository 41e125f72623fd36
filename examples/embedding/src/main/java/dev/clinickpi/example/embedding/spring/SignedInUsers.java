package dev.clinickpi.example.embedding.spring;

import dev.clinickpi.access.Principal;

/** Who a signed-in user is to the library. The host's own: it knows which clinic somebody runs. */
// snippet: spring users
interface SignedInUsers {

    /** As {@code Principal.clinicAdmin("ana", ClinicId.of("sol"))}, by the host's own tables. */
    Principal principal(java.security.Principal user);
}
// end of snippet
