package dev.clinickpi.example.embedding.spring;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.example.embedding.Engines;
import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.privacy.KeyProvider;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One engine for the whole application, closed with it. */
// snippet: spring configuration
@Configuration(proxyBeanMethods = false)
class ClinicKpiConfiguration {

    @Bean
    ClinicDirectory clinics(@Value("${clinic-kpi.clinics}") Path file) {
        return ClinicDirectory.read(file);
    }

    @Bean
    JdbcEventLog kpiEvents(DataSource database) {
        ClinicKpiSchema.standard().migrate(database); // or on deployment, as the role that owns the schema
        return JdbcEventLog.open(database);
    }

    @Bean(destroyMethod = "close")
    KpiEngine kpiEngine(
            DataSource database,
            @Qualifier("auditDatabase") DataSource auditDatabase,
            JdbcEventLog events,
            ClinicDirectory clinics,
            KeyProvider keys) {
        return Engines.over(database, auditDatabase, events, clinics, keys);
    }
}
// end of snippet
