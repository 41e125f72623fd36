/** What every implementation of an SPI must pass, and a privacy gate and an engine for tests that want the exact figures. */
@NullMarked
package dev.clinickpi.testkit;

import org.jspecify.annotations.NullMarked;
