/** Views: several figures of one KPI side by side, each released by publication before it is set against another (section 5). */
@NullMarked
package dev.clinickpi.view;

import org.jspecify.annotations.NullMarked;
