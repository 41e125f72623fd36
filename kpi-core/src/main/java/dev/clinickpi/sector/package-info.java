/** Benchmarks: what the clinics of one vertical have in common, and what a rule that makes them has to hold. */
@NullMarked
package dev.clinickpi.sector;

import org.jspecify.annotations.NullMarked;
