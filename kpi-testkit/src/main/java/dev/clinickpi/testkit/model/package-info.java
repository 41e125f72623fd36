/**
 * The naive reference model: what {@code kpis.md} says, written down as plain loops over events. It is slow on purpose and shares no
 * fold, time, opening-hours, price or formula code with the core, so that the two agree only by both being right.
 */
@NullMarked
package dev.clinickpi.testkit.model;

import org.jspecify.annotations.NullMarked;
