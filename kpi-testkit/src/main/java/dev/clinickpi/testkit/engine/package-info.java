/** An engine with nothing withheld, for tests that hold its exact figures to something. */
@NullMarked
package dev.clinickpi.testkit.engine;

import org.jspecify.annotations.NullMarked;
