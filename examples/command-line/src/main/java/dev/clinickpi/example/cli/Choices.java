package dev.clinickpi.example.cli;

import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.time.Grain;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads KPIs and grains by their ids. */
final class Choices {

    private Choices() {}

    /** A KPI, such as {@code no-show-rate}. */
    static final class OfKpi implements ITypeConverter<KpiDefinition> {

        @Override
        public KpiDefinition convert(String text) {
            return choose(text, Kpi.ALL, KpiDefinition::id);
        }
    }

    /** A grain, such as {@code week}. */
    static final class OfGrain implements ITypeConverter<Grain> {

        @Override
        public Grain convert(String text) {
            return choose(text, Arrays.asList(Grain.values()), Grain::id);
        }
    }

    private static <T> T choose(String text, List<T> choices, Function<T, String> id) {
        return choices.stream()
                .filter(choice -> id.apply(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is none of " + choices.stream().map(id).collect(Collectors.joining(", "))));
    }
}
