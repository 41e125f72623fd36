/** Reference data: clinics, their hours and prices, tiers and rates. */
@NullMarked
package dev.clinickpi.clinic;

import org.jspecify.annotations.NullMarked;
