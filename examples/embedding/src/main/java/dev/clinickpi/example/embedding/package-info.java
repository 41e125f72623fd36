/** The library in a host's own application. */
@NullMarked
package dev.clinickpi.example.embedding;

import org.jspecify.annotations.NullMarked;
