/** What a host hands in, what the privacy gate makes of it, and where that is kept. */
@NullMarked
package dev.clinickpi.event;

import org.jspecify.annotations.NullMarked;
