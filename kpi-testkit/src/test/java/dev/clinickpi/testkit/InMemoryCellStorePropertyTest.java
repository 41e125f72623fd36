package dev.clinickpi.testkit;

import dev.clinickpi.store.CellStore;

class InMemoryCellStorePropertyTest implements CellStoreProperties {

    @Override
    public CellStore newStore() {
        return CellStore.inMemory();
    }
}
