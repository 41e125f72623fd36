package dev.clinickpi.jdbc;

/** The databases that every test which is not about one of them runs on. */
enum DatabaseKind {
    H2,
    POSTGRESQL
}
