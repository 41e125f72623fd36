/** What is personal in a text, found and taken out: phone numbers, e-mail addresses, identifiers, addresses, names. */
@NullMarked
package dev.clinickpi.privacy.scrub;

import org.jspecify.annotations.NullMarked;
