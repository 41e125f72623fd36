/** The page in a real Chromium, on a real server over a real database. */
@NullMarked
package dev.clinickpi.example.dashboard.page;

import org.jspecify.annotations.NullMarked;
