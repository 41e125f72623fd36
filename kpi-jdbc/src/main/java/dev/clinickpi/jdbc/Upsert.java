package dev.clinickpi.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row that is put in the place of the one with its key, or added where there is none.
 *
 * @param table without its schema
 * @param key the columns of its primary key
 * @param values the others
 */
record Upsert(String table, List<String> key, List<String> values) {

    static final Upsert CHECKPOINT = new Upsert(
            "kpi_checkpoint",
            List.of("clinic_no"),
            List.of(
                    "shard",
                    "version",
                    "whole_since",
                    "fingerprint",
                    "position",
                    "as_of",
                    "newest",
                    "wake_at",
                    "ahead"));
    static final Upsert DAY = new Upsert("kpi_day", List.of("clinic_no", "utc_day"), List.of("version", "cells"));
    static final Upsert ENTITY =
            new Upsert("kpi_entity", List.of("clinic_no", "kind", "entity"), List.of("state", "open_message_at"));

    /** With a parameter for each column, the key's first. */
    String sql(Dialect dialect) {
        String keys = String.join(", ", key);
        String columns = "{schema}." + table + " (" + keys + ", " + String.join(", ", values) + ")";
        String parameters = " VALUES (?" + ", ?".repeat(key.size() + values.size() - 1) + ")";
        return switch (dialect) {
            case H2 -> "MERGE INTO " + columns + " KEY (" + keys + ")" + parameters;
            case POSTGRESQL ->
                "INSERT INTO " + columns + parameters + " ON CONFLICT (" + keys + ") DO UPDATE SET "
                        + values.stream()
                                .map(column -> column + " = EXCLUDED." + column)
                                .collect(Collectors.joining(", "));
        };
    }
}
