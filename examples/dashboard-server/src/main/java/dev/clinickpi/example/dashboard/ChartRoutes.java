package dev.clinickpi.example.dashboard;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.example.dashboard.ClinicRoutes.Asked;
import dev.clinickpi.export.ChartJson;
import dev.clinickpi.export.ChartSpec;
import dev.clinickpi.export.ChartSpec.Reference;
import dev.clinickpi.export.Charts;
import dev.clinickpi.export.HeatmapMeasure;
import dev.clinickpi.export.SeriesChart;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.time.Grain;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The views of a clinic, as charts. */
final class ChartRoutes {

    private final ClinicRoutes clinics;

    ChartRoutes(ClinicRoutes clinics) {
        this.clinics = clinics;
    }

    void add(RoutesConfig routes) {
        chart(routes, "series", this::series);
        chart(
                routes,
                "breakdown",
                (request, asked) -> charts(asked)
                        .breakdown(asked.dashboard().result(kpi(request), asked.question()))
                        .orElseThrow(() -> new Refused(404, "breakdown")));
        chart(
                routes,
                "baseline",
                (request, asked) -> charts(asked).baseline(asked.dashboard().baseline(kpi(request), asked.question())));
        chart(
                routes,
                "heatmap",
                (request, asked) -> charts(asked)
                        .heatmap(asked.dashboard().heatmap(asked.question().period()), measure(request)));
        chart(
                routes,
                "funnel",
                (request, asked) -> charts(asked)
                        .funnel(asked.dashboard().funnel(asked.question().period())));
        chart(
                routes,
                "cohorts",
                (request, asked) -> charts(asked)
                        .cohorts(asked.dashboard().cohorts(asked.question().period())));
    }

    private void chart(RoutesConfig routes, String name, BiFunction<Context, Asked, ? extends ChartSpec> view) {
        routes.get("/api/clinics/{clinic}/charts/" + name, request -> {
            String json = ChartJson.write(view.apply(request, clinics.asked(request)));
            request.contentType("application/json; charset=utf-8").result(json);
        });
    }

    private SeriesChart series(Context request, Asked asked) {
        KpiDefinition kpi = kpi(request);
        Grain grain = Question.grain(request, asked.question().period());
        SeriesChart.Shape shape = Question.find(
                        SeriesChart.Shape.values(), request.queryParam("shape"), SeriesChart.Shape.LINE)
                .orElseThrow(() -> new Refused(400, "shape"));
        ClinicDashboard dashboard = asked.dashboard();
        SeriesChart chart = charts(asked).series(dashboard.series(kpi, grain, asked.question()), shape);
        return chart.against(references(asked, kpi, chart.unit()));
    }

    /** Only what is no sum over time can be held against steps of another length than its own. */
    private List<Reference> references(Asked asked, KpiDefinition kpi, String unit) {
        if (!isShare(unit)) {
            return List.of();
        }
        ClinicDashboard dashboard = asked.dashboard();
        List<Reference> lines = new ArrayList<>(charts(asked).before(dashboard.baseline(kpi, asked.question())));
        if (clinics.sector()) {
            ClinicCards.benchmark(dashboard.benchmarks(ClinicCards.benchmarkMonth(dashboard)), kpi)
                    .ifPresent(benchmark -> lines.addAll(charts(asked).sector(benchmark, unit)));
        }
        return lines;
    }

    private static boolean isShare(String unit) {
        return unit.equals("ratio") || unit.equals("ms") || unit.equals("score");
    }

    private static Charts charts(Asked asked) {
        return asked.cards().charts();
    }

    private static KpiDefinition kpi(Context request) {
        return Question.kpi(request.queryParam("kpi"));
    }

    private static HeatmapMeasure measure(Context request) {
        return Question.find(HeatmapMeasure.values(), request.queryParam("measure"), HeatmapMeasure.MESSAGES)
                .orElseThrow(() -> new Refused(400, "measure"));
    }
}
