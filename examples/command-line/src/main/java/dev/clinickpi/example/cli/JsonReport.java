package dev.clinickpi.example.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.clinickpi.KpiReport;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Target;
import dev.clinickpi.time.Span;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A report as one JSON document. Every result has the same keys, whatever its status; what there is not is null or empty. */
final class JsonReport {

    /** Writes decimals as people do, and leaves the stream open that it is given. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final JsonGenerator json;

    private JsonReport(JsonGenerator json) {
        this.json = json;
    }

    static void write(KpiReport report, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            new JsonReport(json).report(report);
        }
        out.write('\n');
    }

    private void report(KpiReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("clinic", report.clinic().value());
        json.writeStringField("from", report.period().from().toString());
        json.writeStringField("to", report.period().to().toString());
        json.writeStringField("asOf", report.asOf().toString());
        json.writeArrayFieldStart("kpis");
        for (KpiResult result : report.results()) {
            result(result);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void result(KpiResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", result.id());
        json.writeStringField("status", result.status().name());
        word("reason", result.reason());
        number("value", result.value());
        word("unit", result.unit());
        number("numerator", result.numerator());
        number("denominator", result.denominator());
        number("n", result.n() == null ? null : BigDecimal.valueOf(result.n()));
        json.writeBooleanField("partial", result.partial());
        json.writeObjectFieldStart("period");
        json.writeStringField("from", result.period().from().toString());
        json.writeStringField("to", result.period().to().toString());
        json.writeEndObject();
        json.writeStringField("refresh", result.refresh().id());
        number(
                "definitionVersion",
                result.definitionVersion() == null ? null : BigDecimal.valueOf(result.definitionVersion()));
        target(result.target());
        word("verdict", result.verdict() == null ? null : result.verdict().name());
        components(result);
        breakdown(result);
        breakdownPeriod(result.breakdownPeriod());
        json.writeEndObject();
    }

    private void target(@Nullable Target target) throws IOException {
        if (target == null) {
            json.writeNullField("target");
            return;
        }
        json.writeObjectFieldStart("target");
        if (target instanceof Target.Below below) {
            number("below", below.limit());
        } else if (target instanceof Target.Band band) {
            number("low", band.low());
            number("high", band.high());
        }
        json.writeEndObject();
    }

    private void components(KpiResult result) throws IOException {
        json.writeObjectFieldStart("components");
        for (KpiResult.Component component : result.components()) {
            if (component.word() != null) {
                word(component.id(), component.word());
            } else {
                number(component.id(), component.value());
            }
        }
        json.writeEndObject();
    }

    private void breakdown(KpiResult result) throws IOException {
        json.writeArrayFieldStart("breakdown");
        for (KpiResult.Row row : result.breakdown()) {
            json.writeStartObject();
            json.writeStringField("key", row.key());
            number("value", row.value());
            json.writeStringField("status", row.status().name());
            number("numerator", row.numerator());
            number("denominator", row.denominator());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void breakdownPeriod(@Nullable Span span) throws IOException {
        if (span == null) {
            json.writeNullField("breakdownPeriod");
            return;
        }
        json.writeObjectFieldStart("breakdownPeriod");
        json.writeStringField("from", span.from().toString());
        json.writeStringField("to", span.to().toString());
        json.writeEndObject();
    }

    private void word(String field, @Nullable String word) throws IOException {
        json.writeFieldName(field);
        json.writeString(word);
    }

    private void number(String field, @Nullable BigDecimal number) throws IOException {
        json.writeFieldName(field);
        // Without the zeros that a division leaves behind the point.
        json.writeNumber(number == null ? null : number.stripTrailingZeros());
    }
}
