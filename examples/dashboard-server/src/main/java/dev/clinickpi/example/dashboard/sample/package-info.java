/** Made-up clinics: a year of their events, and what happens there now. */
@NullMarked
package dev.clinickpi.example.dashboard.sample;

import org.jspecify.annotations.NullMarked;
