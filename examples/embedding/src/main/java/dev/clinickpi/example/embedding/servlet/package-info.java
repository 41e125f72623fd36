/** In a plain servlet container. */
@NullMarked
package dev.clinickpi.example.embedding.servlet;

import org.jspecify.annotations.NullMarked;
