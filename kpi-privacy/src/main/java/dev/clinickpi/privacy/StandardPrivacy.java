package dev.clinickpi.privacy;

import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.privacy.benchmark.StandardBenchmarks;
import dev.clinickpi.privacy.scrub.PiiScrubber;
import dev.clinickpi.privacy.scrub.StandardScrubber;
import dev.clinickpi.sector.BenchmarkRule;
import dev.clinickpi.sector.BenchmarkStore;

/**
 * The privacy that the library comes with. Coming in, ids become keyed pseudonyms, a text becomes the services that it names, and a label
 * that looks personal is refused. Going out, no figure is shown that fewer than a minimum group of people stand behind (section 6). Safe
 * for use by many threads.
 */
public final class StandardPrivacy implements Privacy {

    /** The least minimum group, and the one in force unless the host sets it higher: 5 people. */
    public static final int LEAST_GROUP = 5;

    private final PrivacyGate gate;
    private final Publication publication;
    private final BenchmarkRule benchmarks;
    private final PiiScrubber scrubber = StandardScrubber.create();

    private StandardPrivacy(PrivacyGate gate, Publication publication, BenchmarkRule benchmarks) {
        this.gate = gate;
        this.publication = publication;
        this.benchmarks = benchmarks;
    }

    /** Privacy under these keys, with a minimum group of {@value #LEAST_GROUP}, for an engine whose events end with the process. */
    public static StandardPrivacy with(KeyProvider keys) {
        return with(keys, LEAST_GROUP);
    }

    /**
     * Privacy under these keys, with a minimum group of the host's choice, for an engine whose events end with the process.
     *
     * @param keys where the clinics' keys come from
     * @param minimumGroup how many distinct people must stand behind a figure, from {@value #LEAST_GROUP}
     * @throws IllegalArgumentException if the minimum group is smaller
     */
    public static StandardPrivacy with(KeyProvider keys, int minimumGroup) {
        return with(keys, minimumGroup, PublicationStore.inMemory(), BenchmarkStore.inMemory());
    }

    /**
     * Privacy under these keys, for an engine whose events are kept: what has been released of them has to be kept as long. There are no benchmarks.
     *
     * @param keys where the clinics' keys come from
     * @param minimumGroup how many distinct people must stand behind a figure, from {@value #LEAST_GROUP}
     * @param released where it is kept what has been released
     * @throws IllegalArgumentException if the minimum group is smaller
     */
    public static StandardPrivacy with(KeyProvider keys, int minimumGroup, PublicationStore released) {
        return with(keys, minimumGroup, released, BenchmarkRule.none());
    }

    /**
     * Privacy under these keys, for an engine whose events are kept, with sector benchmarks.
     *
     * @param keys where the clinics' keys come from
     * @param minimumGroup how many distinct people must stand behind a figure, and how many owners besides who looks behind a benchmark, from {@value #LEAST_GROUP}
     * @param released where it is kept what has been released
     * @param benchmarks where the benchmarks are kept that were made, which are never made again
     * @throws IllegalArgumentException if the minimum group is smaller
     */
    public static StandardPrivacy with(
            KeyProvider keys, int minimumGroup, PublicationStore released, BenchmarkStore benchmarks) {
        return with(keys, minimumGroup, released, new StandardBenchmarks(benchmarks, minimumGroup));
    }

    private static StandardPrivacy with(
            KeyProvider keys, int minimumGroup, PublicationStore released, BenchmarkRule benchmarks) {
        if (minimumGroup < LEAST_GROUP) {
            throw new IllegalArgumentException("A minimum group has at least " + LEAST_GROUP
                    + " people: in a smaller one, those who know of each other can tell who is who");
        }
        return new StandardPrivacy(new StandardGate(keys), new StandardPublication(released, minimumGroup), benchmarks);
    }

    @Override
    public PrivacyGate gate() {
        return gate;
    }

    @Override
    public Publication publication() {
        return publication;
    }

    @Override
    public BenchmarkRule benchmarks() {
        return benchmarks;
    }

    /** {@inheritDoc} Here that is everything but what {@link StandardScrubber} finds. */
    @Override
    public String scrub(String text) {
        return scrubber.scrub(text);
    }
}
