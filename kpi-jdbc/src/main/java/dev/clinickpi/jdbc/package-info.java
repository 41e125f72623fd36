/** The event log in a host's database. Only facts that a privacy gate let through are ever stored. */
@NullMarked
package dev.clinickpi.jdbc;

import org.jspecify.annotations.NullMarked;
