package dev.clinickpi.privacy;

import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;

/** Publications for tests of other packages. */
public final class Publications {

    private Publications() {}

    /** The standard one, of nothing yet, under the least minimum group. */
    public static Publication standard() {
        return new StandardPublication(PublicationStore.inMemory(), StandardPrivacy.LEAST_GROUP);
    }
}
