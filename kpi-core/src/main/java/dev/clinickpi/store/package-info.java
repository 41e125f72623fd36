/** Where what has been folded is kept between processes: the cells and the open entities of clinics, written by one engine at a time. */
@NullMarked
package dev.clinickpi.store;

import org.jspecify.annotations.NullMarked;
