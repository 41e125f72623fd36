package dev.clinickpi.testkit;

import dev.clinickpi.store.CellStore;

class InMemoryCellStoreTest implements CellStoreContract {

    @Override
    public CellStore newStore() {
        return CellStore.inMemory();
    }
}
