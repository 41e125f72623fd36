/** The golden cases: events of some clinics with the answers of an independent reading of the specification. */
@NullMarked
package dev.clinickpi.testkit.golden;

import org.jspecify.annotations.NullMarked;
