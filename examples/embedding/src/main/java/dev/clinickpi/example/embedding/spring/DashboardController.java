package dev.clinickpi.example.embedding.spring;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.export.ChartJson;
import dev.clinickpi.export.Charts;
import dev.clinickpi.export.SeriesChart;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The figures of the clinic of who is signed in. */
// snippet: spring controller
@RestController
class DashboardController {

    private final KpiEngine engine;
    private final ClinicDirectory clinics;
    private final SignedInUsers users;

    DashboardController(KpiEngine engine, ClinicDirectory clinics, SignedInUsers users) {
        this.engine = engine;
        this.clinics = clinics;
        this.users = users;
    }

    @GetMapping("/clinics/{clinic}/report")
    List<KpiResult> report(Principal user, @PathVariable String clinic, @RequestParam(defaultValue = "30") int days) {
        ClinicDashboard dashboard = open(user, clinic);
        return dashboard.report(Period.lastDays(days, dashboard.today())).results();
    }

    @GetMapping(path = "/clinics/{clinic}/no-shows", produces = MediaType.APPLICATION_JSON_VALUE)
    String noShows(Principal user, @PathVariable String clinic, Locale reader) {
        ClinicDashboard dashboard = open(user, clinic);
        KpiRequest lastQuarter = KpiRequest.of(Period.lastDays(90, dashboard.today()));
        Charts charts = Charts.of(clinics.clinic(dashboard.clinic()).orElseThrow(), reader);
        return ChartJson.write(
                charts.series(dashboard.series(Kpi.NO_SHOW_RATE, Grain.WEEK, lastQuarter), SeriesChart.Shape.LINE));
    }

    @GetMapping(path = "/clinics/{clinic}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live(Principal user, @PathVariable String clinic) {
        ClinicDashboard dashboard = open(user, clinic);
        SseEmitter stream = new SseEmitter(0L);
        dashboard.watch(KpiRequest.of(Period.lastDays(30, dashboard.today())), new LiveSubscriber(stream));
        return stream;
    }

    /** The host says who it is; the engine says what that one may see, and puts it on record. */
    private ClinicDashboard open(Principal user, String clinic) {
        return engine.open(users.principal(user), ClinicId.of(clinic));
    }

    @ExceptionHandler(AccessDeniedException.class)
    @ResponseStatus(HttpStatus.FORBIDDEN)
    void refused() {}

    @ExceptionHandler(AuditUnavailableException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    void notOnRecord() {}
}
// end of snippet
