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
import dev.clinickpi.time.Period;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks the public methods of the engine and the dashboard: whatever leads to a figure writes an audit record first, answers through publication and
 * is refused where the record cannot be written. A method that is added is walked too; one with a parameter that this test does not know fails it.
 */
class PublicFaceTest {

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            Period.class, Period.month(2026, 3),
            KpiRequest.class, KpiRequest.of(Period.month(2026, 3)),
            KpiDefinition.class, Kpi.CSAT);

    private static final Set<Class<?>> FIGURES =
            Set.of(KpiResult.class, ExactResult.class, Figure.class, Cell.class, Cells.class, CellTable.class);

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");

    @TestFactory
    Stream<DynamicTest> figuresAreReachedFromADashboardAlone() {
        return methods(KpiEngine.class)
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
                    assertThat(results(answer)).isNotEmpty().allMatch(result -> result.status() == Status.SUPPRESSED);
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
        assertThat(found).hasSizeGreaterThanOrEqualTo(3);
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

    private static List<KpiResult> results(Object answer) {
        return answer instanceof KpiReport report ? report.results() : List.of((KpiResult) answer);
    }
}
