/** What publication has released of each clinic, and what it may release next. */
@NullMarked
package dev.clinickpi.privacy.publication;

import org.jspecify.annotations.NullMarked;
