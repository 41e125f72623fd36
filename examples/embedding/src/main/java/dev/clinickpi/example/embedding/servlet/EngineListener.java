package dev.clinickpi.example.embedding.servlet;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.example.embedding.Engines;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.privacy.KeyFile;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.nio.file.Path;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Makes the engine when the application is deployed, and closes it with it. */
// snippet: servlet listener
@WebListener
public final class EngineListener implements ServletContextListener {

    @Override
    @SuppressWarnings("BanJNDI") // The names are the application's own, not a user's.
    public void contextInitialized(ServletContextEvent deployed) {
        ServletContext application = deployed.getServletContext();
        try {
            DataSource database = InitialContext.doLookup("java:comp/env/jdbc/clinic");
            DataSource auditDatabase = InitialContext.doLookup("java:comp/env/jdbc/clinic-audit");
            byte[] keyEncryptionKey = Base64.getDecoder().decode(System.getenv("CLINIC_KPI_KEY"));
            ClinicDirectory clinics = ClinicDirectory.read(Path.of(application.getInitParameter("clinics")));
            KpiEngine engine = Engines.over(
                    database,
                    auditDatabase,
                    JdbcEventLog.open(database),
                    clinics,
                    KeyFile.open(
                            Path.of(application.getInitParameter("keys")), new SecretKeySpec(keyEncryptionKey, "AES")));
            application.setAttribute(KpiEngine.class.getName(), engine);
        } catch (NamingException e) {
            throw new IllegalStateException("The container has no database of that name", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent undeployed) {
        if (undeployed.getServletContext().getAttribute(KpiEngine.class.getName()) instanceof KpiEngine engine) {
            engine.close();
        }
    }
}
// end of snippet
