/** Sector benchmarks: statistics of what the clinics of a vertical publish that none of them can be told from. */
@NullMarked
package dev.clinickpi.privacy.benchmark;

import org.jspecify.annotations.NullMarked;
