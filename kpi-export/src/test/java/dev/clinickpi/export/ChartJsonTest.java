package dev.clinickpi.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.export.ChartSpec.Goal;
import dev.clinickpi.export.ChartSpec.Heading;
import dev.clinickpi.export.ChartSpec.Mark;
import dev.clinickpi.export.ChartSpec.Reference;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Grain;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The form that pages and reports read. Whatever is changed here is changed for them: a new version unless it only adds. */
class ChartJsonTest {

    private static final Instant AS_OF = Instant.parse("2026-03-31T12:00:00Z");
    private static final Heading HEADING =
            new Heading("no-show-rate", "Ausencias", Locale.forLanguageTag("es-ES"), AS_OF);
    private static final String HEADING_JSON =
            "'heading':{'id':'no-show-rate','title':'Ausencias','locale':'es-ES','asOf':'2026-03-31T12:00:00Z'}";
    private static final Mark HALF = new Mark(new BigDecimal("0.5"), Status.OK, false, null);
    private static final Mark HIDDEN = new Mark(null, Status.SUPPRESSED, true, "reservado");
    private static final String HALF_JSON = "{'value':0.5,'status':'ok','partial':false,'note':null}";
    private static final String HIDDEN_JSON = "{'value':null,'status':'suppressed','partial':true,'note':'reservado'}";

    static Stream<Arguments> charts() {
        return Stream.of(
                Arguments.of(
                        new SeriesChart(
                                HEADING,
                                SeriesChart.Shape.LINE,
                                "ratio",
                                Grain.DAY,
                                List.of(new SeriesChart.Point("lun 2 mar", AS_OF, AS_OF.plusSeconds(1), HALF, 7L)),
                                new Goal(null, BigDecimal.ONE, "Objetivo"),
                                List.of(new Reference("baseline", "Antes", BigDecimal.TEN))),
                        "{'chartSpec':1,'kind':'series'," + HEADING_JSON + ",'shape':'line','unit':'ratio',"
                                + "'grain':'day','points':[{'label':'lun 2 mar','from':'2026-03-31T12:00:00Z',"
                                + "'to':'2026-03-31T12:00:01Z','mark':" + HALF_JSON + ",'n':7}],"
                                + "'goal':{'from':null,'to':1,'label':'Objetivo'},"
                                + "'references':[{'id':'baseline','label':'Antes','value':10}]}"),
                Arguments.of(
                        new BarChart(
                                HEADING,
                                "count",
                                List.of(new BarChart.Bar("hot", "Muy", HIDDEN)),
                                null,
                                List.of(),
                                new BarChart.Difference(HALF, HIDDEN, BigDecimal.ZERO, BigDecimal.ONE, false)),
                        "{'chartSpec':1,'kind':'bar'," + HEADING_JSON + ",'unit':'count','bars':"
                                + "[{'id':'hot','label':'Muy','mark':" + HIDDEN_JSON + "}],'goal':null,"
                                + "'references':[],'change':{'absolute':" + HALF_JSON + ",'relative':" + HIDDEN_JSON
                                + ",'low':0,'high':1,'isChange':false}}"),
                Arguments.of(
                        new HeatmapChart(
                                HEADING,
                                "messages",
                                List.of("lun"),
                                List.of("00"),
                                List.of(new HeatmapChart.Cell(0, 0, HALF, 3L, true)),
                                new BigDecimal("1E+1")),
                        "{'chartSpec':1,'kind':'heatmap'," + HEADING_JSON + ",'measure':'messages','rows':['lun'],"
                                + "'columns':['00'],'cells':[{'row':0,'column':0,'perHour':" + HALF_JSON
                                + ",'count':3,'open':true}],'greatest':10}"),
                Arguments.of(
                        new FunnelChart(
                                HEADING,
                                List.of(new FunnelChart.Stage(
                                        "booked", "Con cita", HALF, BigDecimal.ONE, null, null, 2L))),
                        "{'chartSpec':1,'kind':'funnel'," + HEADING_JSON + ",'stages':[{'id':'booked','label':"
                                + "'Con cita','count':" + HALF_JSON
                                + ",'ofFirst':1,'ofPrevious':null,'dropOff':null,'pending':2}]}"),
                Arguments.of(
                        new CohortChart(
                                HEADING,
                                "EUR",
                                List.of("mes 0"),
                                List.of(new CohortChart.Row(
                                        "mar 2026", HALF, List.of(new CohortChart.Cell(HIDDEN, null, null))))),
                        "{'chartSpec':1,'kind':'cohorts'," + HEADING_JSON + ",'currency':'EUR','columns':['mes 0'],"
                                + "'rows':[{'label':'mar 2026','size':" + HALF_JSON + ",'cells':[{'share':"
                                + HIDDEN_JSON + ",'patients':null,'revenue':null}]}]}"));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void theFormIsThis(ChartSpec chart, String json) throws Exception {
        String written = ChartJson.write(chart);
        assertThat(written).isEqualTo(json.replace('\'', '"'));
        JsonNode read = new ObjectMapper().readTree(written);
        assertThat(read.get("chartSpec").intValue()).isEqualTo(ChartSpec.VERSION);
        assertThat(read.get("kind").textValue()).isEqualTo(chart.kind());
    }
}
