package dev.clinickpi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventSource;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every public method of the engine, of what it opens, and of whatever else takes a principal: what section 8 says of it, what is written down, and how a test
 * calls it. A method that is added has to be given its place here.
 */
final class GuardedMethods {

    /** What somebody needs to be allowed a method (section 8). */
    enum Right {
        FIGURES,
        TRAIL,
        ALL_TRAILS,
        BENCHMARKS,
        BREAK_GLASS,
        INSTALLATION,
        ERASE_PATIENT,
        ERASE_CLINIC,
        /** Nothing of a clinic comes out of it, so nobody is asked. */
        NOTHING
    }

    /** A method in a test's hands. */
    record Guarded(
            Right right, @Nullable Action done, @Nullable Action refused, Call call) {}

    /** Calls a method. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object in(Scene scene) throws Exception;
    }

    /**
     * Who calls what, about which clinic.
     *
     * @param other an access to the clinic that somebody else has
     */
    record Scene(KpiEngine engine, Instant now, Principal principal, ClinicId clinic, Principal other, Sinks sinks) {

        /** In the hands of somebody who could not even open it, too. */
        ClinicDashboard dashboard() {
            return new ClinicDashboard(engine, principal, clinic, null);
        }
    }

    /** What of a call would be seen outside, though it threw. */
    static final class Sinks implements Flow.Subscriber<KpiReport> {

        final AtomicInteger seen = new AtomicInteger();

        final EventLog forgetful = new ForwardingLog() {
            @Override
            public void forgetBefore(Instant instant) {
                seen.incrementAndGet();
            }

            @Override
            public void erase(ClinicId clinic, long patient) {
                seen.incrementAndGet();
            }

            @Override
            public void eraseClinic(ClinicId clinic) {
                seen.incrementAndGet();
            }
        };

        final EventSource source = new EventSource() {
            @Override
            public @Nullable KpiEvent next(Consumer<? super Rejection> rejections) {
                seen.incrementAndGet();
                return null;
            }

            @Override
            public long line() {
                return 0;
            }
        };

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            seen.incrementAndGet();
        }

        @Override
        public void onNext(KpiReport report) {
            seen.incrementAndGet();
        }

        @Override
        public void onError(Throwable throwable) {
            seen.incrementAndGet();
        }

        @Override
        public void onComplete() {}
    }

    static final String REASON = "Ticket 4711";

    private static final Set<Class<?>> FACES = Set.of(KpiEngine.class, AsOf.class, ClinicDashboard.class);
    private static final KpiRequest MARCH = KpiRequest.of(Period.month(2026, 3));

    static final Map<String, Guarded> ALL = all();

    /** An access that somebody has to a clinic; of one that is not there, what says to be one. */
    static Principal accessOfAnother(KpiEngine engine, ClinicId clinic, Instant expiry) {
        return clinic.equals(TwoClinics.UNKNOWN)
                ? Principal.serviceRole("cofounder", REASON, Set.of(clinic), expiry)
                : engine.breakGlass(Principal.superAdmin("cofounder"), REASON, Set.of(clinic), expiry);
    }

    private GuardedMethods() {}

    private static Map<String, Guarded> all() {
        Map<String, Guarded> all = new LinkedHashMap<>();
        all.put("KpiEngine.builder()", nothing(scene -> KpiEngine.builder()));
        all.put("KpiEngine.record(List)", nothing(scene -> scene.engine.record(List.of())));
        all.put("KpiEngine.record(Outbox, List)", nothing(scene -> scene.engine.record(facts -> List.of(), List.of())));
        all.put("KpiEngine.asOf(Instant)", nothing(scene -> scene.engine.asOf(scene.now)));
        all.put("KpiEngine.health()", nothing(scene -> scene.engine.health()));
        all.put("KpiEngine.close()", nothing(scene -> {
            scene.engine.close();
            return null;
        }));
        all.put("AsOf.moment()", nothing(scene -> scene.engine.asOf(scene.now).moment()));
        all.put("ClinicDashboard.clinic()", nothing(scene -> scene.dashboard().clinic()));
        all.put(
                "ClinicDashboard.today()",
                nothing(scene -> scene.clinic.equals(TwoClinics.UNKNOWN)
                        ? null
                        : scene.dashboard().today()));
        installation(all);
        trails(all);
        benchmarks(all);
        figures(all);
        return all;
    }

    private static Guarded nothing(Call call) {
        return new Guarded(Right.NOTHING, null, null, call);
    }

    private static void installation(Map<String, Guarded> all) {
        all.put(
                "KpiEngine.record(Principal, EventSource, Consumer)",
                new Guarded(
                        Right.INSTALLATION,
                        Action.IMPORT_EVENTS,
                        Action.CHANGE_REFUSED,
                        scene -> scene.engine.record(scene.principal, scene.sinks.source, rejection -> {})));
        all.put(
                "KpiEngine.replaceDirectory(Principal, ClinicDirectory)",
                new Guarded(Right.INSTALLATION, Action.CHANGE_REFERENCE_DATA, Action.CHANGE_REFUSED, scene -> {
                    scene.engine.replaceDirectory(scene.principal, TestEngine.directory());
                    return null;
                }));
        all.put(
                "KpiEngine.forgetBefore(Principal, Instant)",
                new Guarded(Right.INSTALLATION, Action.FORGET_EVENTS, Action.CHANGE_REFUSED, scene -> {
                    scene.engine.forgetBefore(scene.principal, scene.now);
                    return null;
                }));
        all.put(
                "KpiEngine.erasePatient(Principal, ClinicId, String)",
                new Guarded(Right.ERASE_PATIENT, Action.ERASE_PATIENT, Action.CHANGE_REFUSED, scene -> {
                    scene.engine.erasePatient(scene.principal, scene.clinic, "p");
                    return null;
                }));
        all.put(
                "KpiEngine.eraseClinic(Principal, ClinicId)",
                new Guarded(
                        Right.ERASE_CLINIC,
                        Action.ERASE_CLINIC,
                        Action.CHANGE_REFUSED,
                        scene -> scene.engine.eraseClinic(scene.principal, scene.clinic)));
        all.put(
                "KpiEngine.breakGlass(Principal, String, Set, Instant)",
                new Guarded(
                        Right.BREAK_GLASS,
                        Action.BREAK_GLASS,
                        Action.BREAK_GLASS_REFUSED,
                        scene -> scene.engine.breakGlass(
                                scene.principal, REASON, Set.of(scene.clinic), scene.now.plus(Duration.ofMinutes(7)))));
        all.put(
                "KpiEngine.endBreakGlass(Principal, Principal)",
                new Guarded(Right.BREAK_GLASS, Action.END_BREAK_GLASS, Action.BREAK_GLASS_REFUSED, scene -> {
                    scene.engine.endBreakGlass(scene.principal, scene.other);
                    return null;
                }));
    }

    private static void trails(Map<String, Guarded> all) {
        all.put(
                "KpiEngine.auditTrail(Principal, ClinicId, long, int)",
                new Guarded(
                        Right.TRAIL,
                        Action.READ_AUDIT_TRAIL,
                        Action.AUDIT_TRAIL_REFUSED,
                        scene -> scene.engine.auditTrail(scene.principal, scene.clinic, 1, 100)));
        all.put(
                "KpiEngine.auditTrail(Principal, long, int)",
                new Guarded(
                        Right.ALL_TRAILS,
                        Action.READ_AUDIT_TRAIL,
                        Action.AUDIT_TRAIL_REFUSED,
                        scene -> scene.engine.auditTrail(scene.principal, 1, 100)));
    }

    /** Every clinic there is belongs to the vertical, and that of a clinic that is not there is the same. */
    private static void benchmarks(Map<String, Guarded> all) {
        all.put(
                "KpiEngine.benchmarks(Principal, String, YearMonth)",
                new Guarded(
                        Right.BENCHMARKS,
                        Action.READ_BENCHMARKS,
                        Action.BENCHMARKS_REFUSED,
                        scene -> scene.engine.benchmarks(scene.principal, "dental", YearMonth.of(2026, 3))));
        read(all, "benchmarks(YearMonth)", scene -> scene.dashboard().benchmarks(YearMonth.of(2026, 3)));
    }

    private static void figures(Map<String, Guarded> all) {
        all.put(
                "KpiEngine.open(Principal, ClinicId)",
                new Guarded(
                        Right.FIGURES,
                        Action.OPEN_DASHBOARD,
                        Action.DASHBOARD_REFUSED,
                        scene -> scene.engine.open(scene.principal, scene.clinic)));
        all.put(
                "AsOf.open(Principal, ClinicId)",
                new Guarded(
                        Right.FIGURES,
                        Action.OPEN_DASHBOARD,
                        Action.DASHBOARD_REFUSED,
                        scene -> scene.engine.asOf(scene.now).open(scene.principal, scene.clinic)));
        read(all, "report(Period)", scene -> scene.dashboard().report(MARCH.period()));
        read(all, "report(KpiRequest)", scene -> scene.dashboard().report(MARCH));
        read(
                all,
                "result(KpiDefinition, KpiRequest)",
                scene -> scene.dashboard().result(Kpi.CSAT, MARCH));
        read(
                all,
                "series(KpiDefinition, Grain, KpiRequest)",
                scene -> scene.dashboard().series(Kpi.CSAT, Grain.WEEK, MARCH));
        read(
                all,
                "comparison(KpiDefinition, KpiRequest)",
                scene -> scene.dashboard().comparison(Kpi.CSAT, MARCH));
        read(
                all,
                "baseline(KpiDefinition, KpiRequest)",
                scene -> scene.dashboard().baseline(Kpi.CSAT, MARCH));
        read(all, "heatmap(Period)", scene -> scene.dashboard().heatmap(MARCH.period()));
        read(all, "funnel(Period)", scene -> scene.dashboard().funnel(MARCH.period()));
        read(all, "cohorts(Period)", scene -> scene.dashboard().cohorts(MARCH.period()));
        all.put(
                "ClinicDashboard.watch(KpiRequest, Subscriber)",
                new Guarded(Right.FIGURES, Action.WATCH_FIGURES, Action.DASHBOARD_REFUSED, scene -> {
                    scene.dashboard().watch(MARCH, scene.sinks);
                    return null;
                }));
    }

    private static void read(Map<String, Guarded> all, String method, Call call) {
        all.put(
                "ClinicDashboard." + method,
                new Guarded(Right.FIGURES, Action.READ_FIGURES, Action.DASHBOARD_REFUSED, call));
    }

    /** What there is, as the class files have it. */
    static Set<String> inTheCode() {
        return methods().map(GuardedMethods::signature).collect(Collectors.toSet());
    }

    /** Classes of this package with methods of their own that the methods in here hand out, beside those whose methods are in here. */
    static Set<String> otherFaces() {
        return methods()
                .map(JavaMethod::getRawReturnType)
                .filter(type -> type.getPackageName().equals("dev.clinickpi"))
                .filter(type -> !type.isRecord() && !type.isEnum())
                .filter(type -> FACES.stream().noneMatch(type::isEquivalentTo))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    }

    private static Stream<JavaMethod> methods() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.clinickpi").stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(method -> FACES.stream().anyMatch(method.getOwner()::isEquivalentTo)
                                || method.getRawParameterTypes().stream()
                                        .anyMatch(type -> type.isEquivalentTo(Principal.class)));
    }

    private static String signature(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName()
                + method.getRawParameterTypes().stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
