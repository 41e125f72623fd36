/** The views: shapes that released results are put into (section 5). Nothing here shows a figure that publication has not let pass. */
@NullMarked
package dev.clinickpi.view;

import org.jspecify.annotations.NullMarked;
