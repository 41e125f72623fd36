/** What goes wrong beyond a caller's bug: faults of data, access and stores. */
@NullMarked
package dev.clinickpi.error;

import org.jspecify.annotations.NullMarked;
