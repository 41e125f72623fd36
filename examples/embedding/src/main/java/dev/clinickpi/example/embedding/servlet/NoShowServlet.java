package dev.clinickpi.example.embedding.servlet;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Period;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/** The no-show rate of a clinic over the last 30 days. */
// snippet: servlet
@WebServlet("/no-shows/*")
public final class NoShowServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        KpiEngine engine = (KpiEngine) Objects.requireNonNull(
                request.getServletContext().getAttribute(KpiEngine.class.getName()), "the engine");
        try {
            ClinicId clinic = ClinicId.of(request.getPathInfo().substring(1));
            ClinicDashboard dashboard = engine.open(principal(request), clinic);
            KpiResult noShows =
                    dashboard.result(Kpi.NO_SHOW_RATE, KpiRequest.of(Period.lastDays(30, dashboard.today())));
            response.setContentType("text/plain; charset=utf-8");
            response.getWriter().println(noShows.value() == null ? noShows.reason() : noShows.value());
        } catch (AccessDeniedException e) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } catch (AuditUnavailableException e) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** Who it is says the container's login; which clinic somebody runs, the host's own tables. Here users are called as their clinics are. */
    private static Principal principal(HttpServletRequest request) {
        String user = Objects.requireNonNull(request.getRemoteUser(), "web.xml lets nobody in who is not signed in");
        return Principal.clinicAdmin(user, ClinicId.of(user));
    }
}
// end of snippet
