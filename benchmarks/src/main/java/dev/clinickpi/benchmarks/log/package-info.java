/** A made-up log of events, of any size, the same for the same seed. */
@NullMarked
package dev.clinickpi.benchmarks.log;

import org.jspecify.annotations.NullMarked;
