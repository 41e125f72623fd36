/** Personal values that are put in wherever a host can put anything, and a search for them in whatever comes out. */
@NullMarked
package dev.clinickpi.testkit.canary;

import org.jspecify.annotations.NullMarked;
