package dev.clinickpi.privacy;

import dev.clinickpi.access.Publication;
import dev.clinickpi.testkit.PublicationContract;

class StandardPublicationContractTest implements PublicationContract {

    @Override
    public Publication newPublication() {
        return StandardPrivacy.with(KeyProvider.inMemory()).publication();
    }
}
