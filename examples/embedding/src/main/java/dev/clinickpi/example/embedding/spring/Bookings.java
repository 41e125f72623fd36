package dev.clinickpi.example.embedding.spring;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.RecordResult;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.JdbcEventLog;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Books, and tells the figures of it, in one transaction: both or neither. */
// snippet: spring outbox
@Service
class Bookings {

    private final KpiEngine engine;
    private final JdbcEventLog events;
    private final DataSource database;

    Bookings(KpiEngine engine, JdbcEventLog events, DataSource database) {
        this.engine = engine;
        this.events = events;
        this.database = database;
    }

    @Transactional
    public void book(KpiEvent.Appointment booked) {
        // … the host's own change …
        Connection connection = DataSourceUtils.getConnection(database); // that of the transaction
        try {
            RecordResult result = engine.record(events.outbox(connection), List.of(booked));
            if (result.rejected() > 0) {
                throw new IllegalStateException(result.rejections().toString());
            }
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}
// end of snippet
