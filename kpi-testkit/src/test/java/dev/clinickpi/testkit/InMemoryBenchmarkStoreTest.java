package dev.clinickpi.testkit;

import dev.clinickpi.sector.BenchmarkStore;

class InMemoryBenchmarkStoreTest implements BenchmarkStoreContract {

    @Override
    public BenchmarkStore newStore() {
        return BenchmarkStore.inMemory();
    }
}
