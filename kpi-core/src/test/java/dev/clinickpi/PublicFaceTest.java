package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks the public methods of the engine and the dashboard: whatever leads to a figure writes an audit record first, answers through publication and
 * is refused where the record cannot be written. A method that is added is walked too; one with a parameter that this test does not know fails it.
 */
class PublicFaceTest {

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            Period.class,
            Period.month(2026, 3),
            KpiRequest.class,
            KpiRequest.of(Period.month(2026, 3)),
            KpiDefinition.class,
            Kpi.CSAT,
            Grain.class,
            Grain.WEEK,
            YearMonth.class,
            YearMonth.of(2026, 3));

    private static final Set<Class<?>> FIGURES = Set.of(
            KpiResult.class,
            ExactResult.class,
            Figure.class,
            Cell.class,
            CellTable.class,
            Cells.class,
            Heatmap.class,
            Funnel.class,
            CohortTable.class);

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");

    @TestFactory
    Stream<DynamicTest> figuresAreReachedFromADashboardAlone() {
        return Stream.of(KpiEngine.class, AsOf.class)
                .flatMap(PublicFaceTest::methods)
                .map(method -> DynamicTest.dynamicTest(
                        method.getName(),
                        () -> assertThat(leadsToFigures(method.getGenericReturnType(), new HashSet<>()))
                                .isFalse()));
    }

    @TestFactory
    Stream<DynamicTest> everyFigureOfADashboardIsRecordedAndPublished() {
        return figureMethods()
                .map(method -> DynamicTest.dynamicTest(method.toGenericString(), () -> {
                    InMemoryAuditLog audit = AuditLog.inMemory();
                    List<String> order = new ArrayList<>();
                    KpiEngine engine = TestEngine.builder(clock)
                            .audit(record -> {
                                audit.write(record);
                                order.add("audit");
                            })
                            .privacy(TestEngine.privacy((request, results) -> {
                                order.add("publication");
                                return TestEngine.NOTHING.release(request, results);
                            }))
                            .build();
                    ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
                    order.clear();
                    Object answer = method.invoke(dashboard, arguments(method));
                    assertThat(order).containsExactly("audit", "publication");
                    assertThat(statuses(answer)).containsOnly(Status.SUPPRESSED);
                }));
    }

    @TestFactory
    Stream<DynamicTest> noFigureIsAnsweredThatCannotBeRecorded() {
        return figureMethods()
                .map(method -> DynamicTest.dynamicTest(method.toGenericString(), () -> {
                    boolean[] full = {false};
                    KpiEngine engine = TestEngine.builder(clock)
                            .audit(record -> {
                                if (full[0]) {
                                    throw new IllegalStateException("disk full");
                                }
                            })
                            .build();
                    ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
                    full[0] = true;
                    assertThatThrownBy(() -> method.invoke(dashboard, arguments(method)))
                            .hasCauseInstanceOf(AuditUnavailableException.class);
                }));
    }

    private static Stream<Method> figureMethods() {
        List<Method> found = methods(ClinicDashboard.class)
                .filter(method -> leadsToFigures(method.getGenericReturnType(), new HashSet<>()))
                .toList();
        assertThat(found).hasSizeGreaterThanOrEqualTo(6);
        return found.stream();
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isSynthetic());
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> {
                    assertThat(ARGUMENTS).as("teach this test an argument").containsKey(type);
                    return ARGUMENTS.get(type);
                })
                .toArray();
    }

    private static boolean leadsToFigures(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        }
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(argument -> leadsToFigures(argument, seen));
        }
        if (!(type instanceof Class<?> plain)) {
            return false;
        }
        return FIGURES.contains(plain)
                || (plain.isRecord()
                        && Arrays.stream(plain.getRecordComponents())
                                .map(RecordComponent::getGenericType)
                                .anyMatch(component -> leadsToFigures(component, seen)));
    }

    /** The status of every result and part of a view that an answer holds, however deep. */
    private static List<Status> statuses(@Nullable Object answer) {
        if (answer instanceof KpiResult result) {
            return List.of(result.status());
        } else if (answer instanceof Heatmap.Cell cell) {
            return List.of(cell.status());
        } else if (answer instanceof Funnel.Stage stage) {
            return List.of(stage.status());
        } else if (answer instanceof CohortTable.Cohort cohort) {
            return List.of(cohort.status());
        } else if (answer instanceof List<?> list) {
            return list.stream().flatMap(each -> statuses(each).stream()).toList();
        } else if (answer == null || !answer.getClass().isRecord()) {
            return List.of();
        }
        return Arrays.stream(answer.getClass().getRecordComponents())
                .flatMap(component -> statuses(value(component, answer)).stream())
                .toList();
    }

    private static @Nullable Object value(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
