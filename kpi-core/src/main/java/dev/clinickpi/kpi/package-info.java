/** The twelve KPIs as values, their formulas over cells, and the results that they give. */
@NullMarked
package dev.clinickpi.kpi;

import org.jspecify.annotations.NullMarked;
