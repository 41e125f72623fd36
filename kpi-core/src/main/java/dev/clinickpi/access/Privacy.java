package dev.clinickpi.access;

import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.sector.BenchmarkRule;

/**
 * Both ends of privacy: what comes in passes the gate, what goes out passes publication. An engine cannot be built without it.
 *
 * <p>Implementations must be safe for use by many threads.
 */
public interface Privacy {

    /** What events come in through. */
    PrivacyGate gate();

    /** What figures go out through. */
    Publication publication();

    /**
     * What sector benchmarks are made by. Unless overridden there are none.
     *
     * @return the same at each call
     */
    default BenchmarkRule benchmarks() {
        return BenchmarkRule.none();
    }

    /**
     * As much as may be kept of a text that a person wrote into a record, such as the reason of a break-glass access: it may name a patient. What it gives
     * stands in audit trails for good.
     *
     * <p>Unless overridden nothing is kept: only a privacy that can tell what is personal may let a word through.
     *
     * @param text what was written
     * @return what is kept of it; never blank
     */
    default String scrub(String text) {
        return "[TEXT]";
    }
}
