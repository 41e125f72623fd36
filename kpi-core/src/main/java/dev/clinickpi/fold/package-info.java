/** Entities folded from their own facts, in any order, and the signed deltas that they send to the cells. */
@NullMarked
package dev.clinickpi.fold;

import org.jspecify.annotations.NullMarked;
