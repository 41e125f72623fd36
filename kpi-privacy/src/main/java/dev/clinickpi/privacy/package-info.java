/** Both ends of privacy: the gate that events come in through and the rule by which figures go out. */
@NullMarked
package dev.clinickpi.privacy;

import org.jspecify.annotations.NullMarked;
