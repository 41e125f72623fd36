/** A host application with the library inside: HTTP, sign-in, a database and a page. The figures, the rights and the records are the library's. */
@NullMarked
package dev.clinickpi.example.dashboard;

import org.jspecify.annotations.NullMarked;
