/** The shortest program that has figures to show. */
@NullMarked
package dev.clinickpi.example.quickstart;

import org.jspecify.annotations.NullMarked;
