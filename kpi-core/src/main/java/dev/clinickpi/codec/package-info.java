/** Values as bytes, for what is stored: facts, cells and entities. */
@NullMarked
package dev.clinickpi.codec;

import org.jspecify.annotations.NullMarked;
