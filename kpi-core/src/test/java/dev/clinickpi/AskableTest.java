package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All that can be asked, in full: the twelve KPIs and the views of a clinic, and nothing of a patient. A method or a type of answer that is added fails here until
 * somebody has looked at what it tells, and has put it on the list.
 */
class AskableTest {

    private static final List<Class<?>> FACE =
            List.of(KpiEngine.class, KpiEngineBuilder.class, AsOf.class, ClinicDashboard.class);

    @Test
    void theKpisAreTheTwelve() {
        assertThat(Kpi.ALL)
                .extracting(KpiDefinition::id)
                .containsExactlyInAnyOrder(
                        "revenue-recovered",
                        "conversion-rate",
                        "response-time",
                        "no-show-rate",
                        "handoff-rate",
                        "lead-tiers",
                        "top-services",
                        "csat",
                        "llm-cost",
                        "waitlist-conversion",
                        "active-conversations",
                        "tier-utilization");
    }

    @Test
    void aDashboardAnswersTheseQuestions() {
        assertThat(methods(ClinicDashboard.class).map(Method::getName).distinct())
                .containsExactlyInAnyOrder(
                        "baseline",
                        "benchmarks",
                        "clinic",
                        "cohorts",
                        "comparison",
                        "funnel",
                        "heatmap",
                        "report",
                        "result",
                        "series",
                        "today",
                        "watch");
    }

    /** Whatever can be had of an answer by going from getter to getter; none of these is a fact, an entity, a cell or a set of people. */
    @Test
    void answersAreMadeOfTheseTypes() {
        Set<Class<?>> types = new LinkedHashSet<>();
        FACE.stream().flatMap(AskableTest::methods).forEach(method -> collect(method.getGenericReturnType(), types));

        assertThat(types.stream().map(type -> type.getName().substring("dev.clinickpi.".length())))
                .containsExactlyInAnyOrder(
                        "AsOf",
                        "ClinicDashboard",
                        "EngineHealth",
                        "KpiEngine",
                        "KpiEngineBuilder",
                        "KpiReport",
                        "RecordResult",
                        "SectorComparison",
                        "SectorComparison$Entry",
                        "access.AuditRecord",
                        "access.AuditRecord$Action",
                        "access.AuditStore$Entry",
                        "access.Principal",
                        "access.Role",
                        "clinic.ClinicId",
                        "event.Rejection",
                        "kpi.KpiResult",
                        "kpi.KpiResult$Component",
                        "kpi.KpiResult$Row",
                        "kpi.Status",
                        "kpi.Target",
                        "kpi.Target$Band",
                        "kpi.Target$Below",
                        "kpi.Verdict",
                        "sector.ClinicBand",
                        "sector.SectorBenchmark",
                        "time.Coverage",
                        "time.Grain",
                        "time.Grain$Step",
                        "time.Period",
                        "time.Refresh",
                        "time.Span",
                        "view.BaselineComparison",
                        "view.BaselineComparison$Baseline",
                        "view.BaselineComparison$Baseline$Configured",
                        "view.BaselineComparison$Baseline$Measured",
                        "view.BaselineComparison$Baseline$Missing",
                        "view.Change",
                        "view.CohortTable",
                        "view.CohortTable$Cell",
                        "view.CohortTable$Cohort",
                        "view.Funnel",
                        "view.Funnel$Stage",
                        "view.Funnel$Stage$Id",
                        "view.Heatmap",
                        "view.Heatmap$Cell",
                        "view.Interval",
                        "view.PeriodComparison",
                        "view.TimeSeries",
                        "view.TimeSeries$Point");
    }

    private static void collect(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), types);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, types));
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(bound -> collect(bound, types));
        } else if (type instanceof Class<?> plain && plain.getName().startsWith("dev.clinickpi.") && types.add(plain)) {
            methods(plain).forEach(method -> collect(method.getGenericReturnType(), types));
            Stream<Class<?>> permitted =
                    plain.isSealed() ? Arrays.stream(plain.getPermittedSubclasses()) : Stream.empty();
            permitted.filter(each -> Modifier.isPublic(each.getModifiers())).forEach(each -> collect(each, types));
        }
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isSynthetic());
    }
}
