package dev.clinickpi.privacy.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** A hash of a Merkle tree, of a leaf or of a node, by SHA-256 as RFC 9162, section 2.1.1, has it. */
public final class MerkleHash {

    /** How many bytes a hash has. */
    public static final int BYTES = 32;

    /** The hash of the tree without entries. */
    static final MerkleHash EMPTY = new MerkleHash(sha256().digest());

    // A leaf and a node are hashed under different first bytes, so that no node can be passed off as an entry.
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private MerkleHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash that is written as 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is not, or has a capital letter: a hash has one form
     */
    public static MerkleHash parse(String digits) {
        if (digits.length() != 2 * BYTES || !digits.equals(digits.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("A hash is written as 64 hexadecimal digits, in small letters");
        }
        return new MerkleHash(HexFormat.of().parseHex(digits));
    }

    static MerkleHash ofLeaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new MerkleHash(digest.digest(entry));
    }

    static MerkleHash ofNode(MerkleHash left, MerkleHash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new MerkleHash(digest.digest(right.bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java platform lacks SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MerkleHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The hash as 64 hexadecimal digits, in small letters. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
