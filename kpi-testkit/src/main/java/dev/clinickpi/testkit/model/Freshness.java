package dev.clinickpi.testkit.model;

/** The column "refresh" of section 4. */
enum Freshness {
    REAL_TIME,
    HOURLY,
    DAILY,
    WEEKLY
}
