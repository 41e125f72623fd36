/** How fast and how large; {@code docs/performance.md} says how to run what is here and what came of it. */
@NullMarked
package dev.clinickpi.benchmarks;

import org.jspecify.annotations.NullMarked;
