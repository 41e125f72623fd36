/** Random clinics and what happens at them, for properties that must hold whatever does: jqwik arbitraries that shrink to small stories. */
@NullMarked
package dev.clinickpi.testkit.world;

import org.jspecify.annotations.NullMarked;
