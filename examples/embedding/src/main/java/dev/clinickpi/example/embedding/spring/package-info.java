/** In Spring Boot. */
@NullMarked
package dev.clinickpi.example.embedding.spring;

import org.jspecify.annotations.NullMarked;
