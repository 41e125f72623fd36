/** Events from the tables that a host already has. */
@NullMarked
package dev.clinickpi.jdbc.source;

import org.jspecify.annotations.NullMarked;
