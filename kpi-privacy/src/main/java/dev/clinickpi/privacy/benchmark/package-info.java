/** What clinics of one line of business have in common: statistics that none of them can be told from. */
@NullMarked
package dev.clinickpi.privacy.benchmark;

import org.jspecify.annotations.NullMarked;
