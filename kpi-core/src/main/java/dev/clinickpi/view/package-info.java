/** The views: shapes that released KPI results are put into. Nothing here holds a figure that publication has not let pass. */
@NullMarked
package dev.clinickpi.view;

import org.jspecify.annotations.NullMarked;
