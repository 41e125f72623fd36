package dev.clinickpi.testkit.model;

import java.time.Duration;
import java.util.function.Function;

/**
 * Which part of a period a figure is asked of, and how long conversations are given.
 *
 * @param covered what a KPI covers, by its refresh
 * @param isOfWholeDays whether it is made of the days of the question's period; an hour has no share in what belongs to a day
 * @param maturity how long after its start a conversation may convert and be counted
 */
record Excerpt(Function<Freshness, Coverage> covered, boolean isOfWholeDays, Duration maturity) {}
