/** What every implementation of an SPI must pass, and a privacy gate for tests. */
@NullMarked
package dev.clinickpi.testkit;

import org.jspecify.annotations.NullMarked;
