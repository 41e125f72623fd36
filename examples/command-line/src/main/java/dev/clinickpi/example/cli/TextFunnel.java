package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Funnel.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A funnel as bars, one for each stage from the conversations on. */
final class TextFunnel {

    private static final String INDENT = "  ";
    private static final BigDecimal WIDTH = BigDecimal.valueOf(30);

    private final Clinic clinic;
    private final Wording wording;

    TextFunnel(Clinic clinic, Wording wording) {
        this.clinic = clinic;
        this.wording = wording;
    }

    String render(Funnel funnel) {
        Table table = new Table();
        table.space();
        for (Stage stage : funnel.stages()) {
            table.row(INDENT + wording.labels().stage(stage.id().id()), count(stage), remark(stage));
        }
        boolean isWithheld = funnel.stages().stream().anyMatch(stage -> stage.status() == Status.SUPPRESSED);
        String footer = isWithheld ? "\n" + wording.say("footer.withheld", StandardPrivacy.LEAST_GROUP) + "\n" : "";
        return Heading.of(clinic, wording, funnel.period(), funnel.asOf()) + table.render() + footer;
    }

    private String count(Stage stage) {
        return stage.count() == null
                ? wording.say("value.SUPPRESSED")
                : wording.count(BigDecimal.valueOf(stage.count()));
    }

    private String remark(Stage stage) {
        List<String> parts = new ArrayList<>();
        parts.add(bar(stage.ofFirst()));
        if (stage.ofFirst() != null && stage.ofPrevious() != null) {
            parts.add(wording.say("funnel.ofFirst", wording.percent(stage.ofFirst())));
            parts.add(wording.say("funnel.ofPrevious", wording.percent(stage.ofPrevious())));
        }
        if (stage.pending() != null && stage.pending() > 0) {
            parts.add(wording.say("funnel.pending", wording.count(BigDecimal.valueOf(stage.pending()))));
        }
        return String.join(" · ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    /** Few are not none: the least share still has a bar. */
    private static String bar(@Nullable BigDecimal share) {
        return share == null
                ? ""
                : "█".repeat(share.multiply(WIDTH).setScale(0, RoundingMode.UP).intValueExact());
    }
}
