package dev.clinickpi.privacy;

import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.testkit.PrivacyGateContract;

class StandardGateContractTest implements PrivacyGateContract {

    private final KeyProvider keys = KeyProvider.inMemory();

    @Override
    public PrivacyGate newGate() {
        return StandardPrivacy.with(keys).gate();
    }
}
