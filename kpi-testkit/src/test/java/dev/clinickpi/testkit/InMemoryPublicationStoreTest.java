package dev.clinickpi.testkit;

import dev.clinickpi.access.PublicationStore;

class InMemoryPublicationStoreTest implements PublicationStoreContract {

    @Override
    public PublicationStore newStore() {
        return PublicationStore.inMemory();
    }
}
