package dev.clinickpi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.Formula;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.KpiScope;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How the house is laid out: data moves one way, and figures leave through one door. */
@AnalyzeClasses(packages = "dev.clinickpi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_GO_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("error")
            .definedBy("dev.clinickpi.error")
            .layer("time")
            .definedBy("dev.clinickpi.time")
            .layer("clinic")
            .definedBy("dev.clinickpi.clinic")
            .layer("codec")
            .definedBy("dev.clinickpi.codec")
            .layer("event")
            .definedBy("dev.clinickpi.event")
            .layer("cell")
            .definedBy("dev.clinickpi.cell")
            .layer("store")
            .definedBy("dev.clinickpi.store")
            .layer("fold")
            .definedBy("dev.clinickpi.fold")
            .layer("kpi")
            .definedBy("dev.clinickpi.kpi")
            .layer("view")
            .definedBy("dev.clinickpi.view")
            .layer("sector")
            .definedBy("dev.clinickpi.sector")
            .layer("access")
            .definedBy("dev.clinickpi.access")
            .layer("face")
            .definedBy("dev.clinickpi")
            .whereLayer("face")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("view")
            .mayOnlyBeAccessedByLayers("face")
            .whereLayer("access")
            .mayOnlyBeAccessedByLayers("face")
            .whereLayer("view")
            .mayOnlyBeAccessedByLayers("face")
            .whereLayer("sector")
            .mayOnlyBeAccessedByLayers("access", "face")
            .whereLayer("kpi")
            .mayOnlyBeAccessedByLayers("view", "sector", "access", "face")
            .whereLayer("fold")
            .mayOnlyBeAccessedByLayers("face")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("fold", "face")
            .whereLayer("cell")
            .mayOnlyBeAccessedByLayers("fold", "kpi", "view", "access", "face")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("store", "fold", "access", "face")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("event", "cell", "fold")
            .whereLayer("clinic")
            .mayOnlyBeAccessedByLayers("codec", "event", "store", "cell", "fold", "kpi", "view", "access", "face");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.clinickpi.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule FORMULAS_ARE_EVALUATED_FOR_A_DASHBOARD = noClasses()
            .that()
            .resideOutsideOfPackage("dev.clinickpi.kpi")
            .and()
            .doNotBelongToAnyOf(Evaluation.class)
            .should()
            .callMethod(Formula.class, "evaluate", KpiScope.class)
            .because("what is evaluated elsewhere could reach a caller around audit and publication");

    @ArchTest
    static final ArchRule EVALUATIONS_ARE_MADE_BY_THE_DASHBOARD = noClasses()
            .that()
            .doNotBelongToAnyOf(ClinicDashboard.class, Evaluation.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Evaluation.class)
            .because("the dashboard checks rights and writes the audit record first");

    @ArchTest
    static final ArchRule FIGURES_LEAVE_THROUGH_ONE_DOOR = noClasses()
            .that()
            .doNotBelongToAnyOf(ClinicDashboard.class)
            .should()
            .callMethod(Publication.class, "release", PublicationRequest.class, List.class)
            .because("the dashboard writes the audit record first");

    @ArchTest
    static final ArchRule NOTHING_IS_RELEASED_IN_THE_CORE = noClasses()
            .that()
            .doNotBelongToAnyOf(ExactResult.class)
            .should()
            .callMethod(ExactResult.class, "release", Predicate.class, Predicate.class)
            .orShould()
            .callConstructor(
                    KpiResult.class,
                    Arrays.stream(KpiResult.class.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class[]::new))
            .because("an exact figure becomes a result in a publication rule and nowhere else");

    @ArchTest
    static final ArchRule EXACT_FIGURES_STAY_INSIDE = methods()
            .that()
            .areDeclaredInClassesThat(resideInAPackage("dev.clinickpi").and(modifier(JavaModifier.PUBLIC)))
            .and()
            .arePublic()
            .should()
            .notHaveRawReturnType(ExactResult.class)
            .andShould()
            .notHaveRawReturnType(Figure.class)
            .andShould()
            .notHaveRawReturnType(CellTable.class)
            .andShould()
            .notHaveRawReturnType(Cells.class);

    @ArchTest
    static final ArchRule CLOCKS_AND_ZONES_ARE_INJECTED = noClasses()
            .that()
            .doNotBelongToAnyOf(KpiEngineBuilder.class)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper");

    @ArchTest
    static final ArchRule FOLDS_ARE_REACHED_THROUGH_THE_CLINICS = classes()
            .that()
            .resideInAPackage("dev.clinickpi.fold")
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(".*\\.(ClinicFold|FoldSettings|History|package-info)")
            .because("entities are an engine's own business");

    /** About a dozen public types a package, or it holds more than one idea. */
    @ArchTest
    static void thePublicFaceIsSmall(JavaClasses classes) {
        Map<String, Long> publicTypes = classes.stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(publicTypes)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(13));
    }
}
