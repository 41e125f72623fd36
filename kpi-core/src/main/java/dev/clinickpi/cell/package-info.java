/** Cells: facts added up by clinic, time slice, measure and dimension; they add and subtract exactly. */
@NullMarked
package dev.clinickpi.cell;

import org.jspecify.annotations.NullMarked;
