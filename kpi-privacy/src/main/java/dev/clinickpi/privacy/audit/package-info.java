/** An audit log that proves itself: a Merkle tree over its records, signed heads of it, proofs, and exports that are checked offline. */
@NullMarked
package dev.clinickpi.privacy.audit;

import org.jspecify.annotations.NullMarked;
