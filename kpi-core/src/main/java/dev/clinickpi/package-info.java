/** The face of the library: the engine that takes events in and the dashboard that answers. Nothing imports it. */
@NullMarked
package dev.clinickpi;

import org.jspecify.annotations.NullMarked;
