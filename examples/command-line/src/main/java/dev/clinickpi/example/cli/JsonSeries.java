package dev.clinickpi.example.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.view.TimeSeries;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A time series as one JSON document: the question, and a point for every step. What there is not is null. */
final class JsonSeries {

    private JsonSeries() {}

    /** Steps begin at the clinic's wall time, with its offset: an hour that comes twice is told apart. */
    static void write(TimeSeries series, ZoneId zone, Writer out) throws IOException {
        try (JsonGenerator json = JsonReport.JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("clinic", series.clinic().value());
            json.writeStringField("kpi", series.kpi());
            json.writeStringField("grain", series.grain().id());
            json.writeStringField("from", series.period().from().toString());
            json.writeStringField("to", series.period().to().toString());
            json.writeStringField("asOf", series.asOf().toString());
            json.writeStringField("unit", series.unit());
            json.writeArrayFieldStart("points");
            for (TimeSeries.Point point : series.points()) {
                point(json, point, zone);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void point(JsonGenerator json, TimeSeries.Point point, ZoneId zone) throws IOException {
        KpiResult result = point.result();
        json.writeStartObject();
        json.writeStringField(
                "start",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        point.step().from().atZone(zone)));
        json.writeFieldName("value");
        json.writeNumber(result.value());
        json.writeFieldName("n");
        json.writeNumber(result.n() == null ? null : BigDecimal.valueOf(result.n()));
        json.writeStringField("from", result.period().from().toString());
        json.writeStringField("to", result.period().to().toString());
        json.writeBooleanField("partial", result.partial());
        json.writeStringField("status", result.status().name());
        json.writeEndObject();
    }
}
