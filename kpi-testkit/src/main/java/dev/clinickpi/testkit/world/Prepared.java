package dev.clinickpi.testkit.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;

/**
 * A choice of many whose generator is made once. jqwik looks up the generator of whatever it has chosen, each time that it chooses, among all that it has made,
 * by comparing the whole trees that they were made of: in worlds, which are choices within choices, that took most of the time of a test.
 */
final class Prepared<T> implements Arbitrary<T> {

    private final Arbitrary<T> choice;
    private final Map<Size, RandomGenerator<T>> generators = new ConcurrentHashMap<>();

    private Prepared(Arbitrary<T> choice) {
        this.choice = choice;
    }

    /** The same values, made and shrunk as they would be. */
    static <T> Arbitrary<T> of(Arbitrary<T> choice) {
        return new Prepared<>(choice);
    }

    @Override
    public RandomGenerator<T> generator(int genSize) {
        return generator(genSize, false);
    }

    @Override
    public RandomGenerator<T> generator(int genSize, boolean withEdgeCases) {
        return generators.computeIfAbsent(
                new Size(genSize, withEdgeCases), size -> choice.generator(size.genSize, size.withEdgeCases));
    }

    @Override
    public boolean isGeneratorMemoizable() {
        return false;
    }

    @Override
    public EdgeCases<T> edgeCases(int maxEdgeCases) {
        return choice.edgeCases(maxEdgeCases);
    }

    private record Size(int genSize, boolean withEdgeCases) {}
}
