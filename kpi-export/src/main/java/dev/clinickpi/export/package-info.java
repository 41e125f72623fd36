/** What a clinic's figures look like outside: charts as data, which a page draws in a browser and a report on paper. */
@NullMarked
package dev.clinickpi.export;

import org.jspecify.annotations.NullMarked;
