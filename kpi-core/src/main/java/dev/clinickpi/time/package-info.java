/** Local days, 15-minute slices and the periods that figures cover; the zone is always in hand. */
@NullMarked
package dev.clinickpi.time;

import org.jspecify.annotations.NullMarked;
