package dev.clinickpi.privacy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What the keeper of an audit log says and signs of it: how many entries it has, and the one hash that stands for all of them. Whoever keeps a head elsewhere can
 * tell from any later export whether an entry before it was changed, taken out or put in.
 *
 * @param size how many entries, from 0 to 2⁵³ − 1
 * @param root the Merkle tree hash of their canonical forms (RFC 9162, section 2.1.1)
 * @param at when it was signed, by the keeper's clock; not before the time that the last entry bears
 * @param keyId the id of the key that it is signed with: {@link VerificationKey#id}
 * @param signature the signature of Ed25519, as 128 hexadecimal digits in small letters
 */
public record SignedTreeHead(long size, MerkleHash root, Instant at, String keyId, String signature) {

    /** What a head and the export that it ends call their form. */
    static final String FORMAT = "clinic-kpi-audit-1";

    /** Refuses nulls and a size out of its range. */
    public SignedTreeHead {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(signature, "signature");
        if (size < 0 || size > CanonicalJson.LARGEST_NUMBER) {
            throw new IllegalArgumentException("A log has from 0 to 2^53 - 1 entries");
        }
    }

    static SignedTreeHead sign(long size, MerkleHash root, Instant at, SigningKey key) {
        SignedTreeHead unsigned =
                new SignedTreeHead(size, root, at, key.verificationKey().id(), "");
        return new SignedTreeHead(
                size, root, at, unsigned.keyId, HexFormat.of().formatHex(key.sign(unsigned.signed())));
    }

    /**
     * A head as {@link #json} writes it, with or without a line's end.
     *
     * @throws IllegalArgumentException if it is none, is of another format or is not in canonical form. Whether the signature holds is not looked at
     */
    public static SignedTreeHead parse(String json) {
        return read(json.stripTrailing().getBytes(StandardCharsets.UTF_8));
    }

    static SignedTreeHead read(byte[] json) {
        JsonNode object = JsonMembers.object(json);
        if (!JsonMembers.text(object, "format").equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "\"format\" is not " + FORMAT + ": read it with a version of Clinic KPI that knows it");
        }
        SignedTreeHead head = new SignedTreeHead(
                JsonMembers.number(object, "size"),
                MerkleHash.parse(JsonMembers.text(object, "root")),
                AuditEntry.instant("at", JsonMembers.text(object, "at")),
                JsonMembers.text(object, "key"),
                JsonMembers.text(object, "signature"));
        if (!Arrays.equals(head.json().getBytes(StandardCharsets.UTF_8), json)) {
            throw new IllegalArgumentException("it is not in canonical form");
        }
        return head;
    }

    /** Whether a key signed it. */
    public boolean isSignedBy(VerificationKey key) {
        if (!keyId.equals(key.id())) {
            return false;
        }
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
        // What is signed does not cover the signature's own letters: one form of it holds, so that a head has one, too.
        return HexFormat.of().formatHex(bytes).equals(signature) && key.verifies(signed(), bytes);
    }

    /** The canonical form (RFC 8785) of all but the signature: what is signed. */
    private byte[] signed() {
        return members().member("size", size).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The head as one line of canonical JSON (RFC 8785), without the line's end. */
    public String json() {
        return members().member("signature", signature).member("size", size).toString();
    }

    private CanonicalJson members() {
        return new CanonicalJson()
                .member("at", at.toString())
                .member("format", FORMAT)
                .member("key", keyId)
                .member("root", root.toString());
    }
}
