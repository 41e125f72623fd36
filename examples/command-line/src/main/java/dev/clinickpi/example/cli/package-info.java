/** The command {@code clinic-kpi}: a clinic's figures from files, without a line of code. */
@NullMarked
package dev.clinickpi.example.cli;

import org.jspecify.annotations.NullMarked;
