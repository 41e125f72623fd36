package dev.clinickpi.example.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WebElement;

/** Who sees what, and what stays behind of it. */
class AccessTest {

    private static final String REASON = "Incidencia 4711: revisar las ausencias de octubre";

    @RegisterExtension
    static final PageFixture PAGE = new PageFixture();

    @Test
    void anAdminLandsOnTheirClinic() {
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        assertThat(browser().text("h1")).isEqualTo("Clínica Dental Sol");
        assertThat(browser().text(".role")).isEqualTo("Administración");
        assertThat(browser().all("#clinic"))
                .as("there is no other clinic to choose")
                .isEmpty();
        browser().requireQuietConsole();
    }

    @Test
    void aWrongPasswordIsSaidToBe() {
        browser().open(address());
        browser().signIn("sol", "nonsense", "page");
        browser().until("it is said", () -> browser().isThere("#page-fault"));
        assertThat(browser().text("#page-fault")).isEqualTo("El usuario o la contraseña no son correctos.");
        assertThat(browser().focused()).isEqualTo("page-password");
        browser().requireQuietConsole("401");
    }

    @Test
    void theFounderSeesTrailsAndNoFigures() {
        browser().signIn(address(), "founder");
        browser().until("the clinics are listed", () -> browser().isThere(".clinics"));
        assertThat(browser().all(".clinics li")).hasSizeGreaterThan(3);
        browser().open(address() + "#/clinic/sol");
        browser().until("it is refused", () -> browser().isThere("div.outcome"));
        assertThat(browser().text("div.outcome")).contains("No puede ver las cifras de esta clínica");
        assertThat(browser().isThere(".card")).isFalse();
        browser().requireQuietConsole("403");
    }

    @Test
    void anotherClinicsAddressLooksLikeNone() {
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        String foreign = refusalAt("#/clinic/luz");
        assertThat(foreign).contains("No puede ver las cifras de esta clínica").doesNotContain("Luz");
        assertThat(refusalAt("#/clinic/no-such-clinic")).isEqualTo(foreign);
    }

    private String refusalAt(String hash) {
        browser().open(address() + hash);
        browser().until("it is refused", () -> browser().isThere("main .state"));
        return browser().text("main");
    }

    @Test
    void withoutAReasonNothingIsOpened() {
        browser().signIn(address(), "founder");
        browser().open(address() + "#/break-glass?clinic=sol");
        browser().until("the form is there", () -> browser().isThere("#reason"));
        browser().click("form.glass .primary");
        assertThat(browser().text("#glass-fault")).isEqualTo("Escriba el motivo: sin él no hay acceso.");
        assertThat(browser().focused()).isEqualTo("reason");
        assertThat(browser().isThere(".glass-on")).isFalse();
        browser().requireQuietConsole();
    }

    @Test
    void aReasonOpensTheFiguresAndTheClinicReadsIt() {
        browser().signIn(address(), "founder");
        browser().open(address() + "#/break-glass?clinic=sol");
        browser().until("the form is there", () -> browser().isThere("#reason"));
        browser().one("#reason").sendKeys(REASON);
        browser().click("form.glass .primary");
        browser().until("the glass is broken", () -> browser().isThere(".glass-on"));
        browser().untilDrawn();
        assertThat(browser().text(".glass-on")).contains(REASON);
        assertThat(browser().figure("conversion-rate")).isNotEmpty();

        browser().click("#end-glass");
        browser().until("it is whole again", () -> !browser().isThere(".glass-on"));
        browser().open(address() + "#/clinic/sol");
        browser().until("it is refused", () -> browser().isThere("div.outcome"));

        browser().forget(address());
        browser().signIn(address(), "sol");
        browser().open(address() + "#/clinic/sol/audit");
        browser().until("the trail is there", () -> browser().isThere(".audit tbody tr"));
        List<String> trail = browser().all(".audit tbody tr").stream()
                .map(WebElement::getText)
                .toList();
        assertThat(trail).anySatisfy(row -> assertThat(row).contains("founder", "Pidió acceso de servicio", REASON));
        assertThat(trail)
                .as("what was read is one look")
                .anySatisfy(
                        row -> assertThat(row).contains("founder", "Acceso de servicio", "Leyó cifras", "consultas"));
        assertThat(trail).anySatisfy(row -> assertThat(row).contains("Terminó el acceso de servicio"));
    }

    @Test
    void anEndedSessionIsTakenUpInPlace() {
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        browser().choose("days", "90");
        browser().click("#card-csat .card-title");
        browser().until("CSAT is drawn", () -> browser().isThere("#series [data-drawn=csat]"));
        PAGE.server().clock.advance(Duration.ofHours(12));
        browser().until("the dialog is there", () -> browser().isThere("#sign-in-again"));
        assertThat(browser().focused()).isEqualTo("again-password");
        browser().signIn("sol", "demo", "again");
        browser().until("the dialog is gone", () -> !browser().isThere("#sign-in-again"));
        browser().untilDrawn();
        assertThat(browser().driver.getCurrentUrl()).contains("days=90", "kpi=csat");
        assertThat(browser().isThere("#series [data-drawn=csat]")).isTrue();
        browser().until("it is live again", () -> browser().isThere("#live[data-state=live]"));
    }

    private Browser browser() {
        return PAGE.browser();
    }

    private String address() {
        return PAGE.server().address();
    }
}
