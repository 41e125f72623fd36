/** Who may see what, the record of who did, and the rule by which figures are released. */
@NullMarked
package dev.clinickpi.access;

import org.jspecify.annotations.NullMarked;
