package dev.clinickpi.privacy.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The tree as RFC 9162 defines it, word by word: by recursion over lists of entries. Slow, plain, and without a line of the code that it is held against. */
final class RecursiveTree {

    private RecursiveTree() {}

    /** MTH of section 2.1.1. */
    static byte[] hash(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return sha256();
        }
        if (entries.size() == 1) {
            return sha256(new byte[] {0}, entries.get(0));
        }
        int k = split(entries.size());
        return sha256(new byte[] {1}, hash(entries.subList(0, k)), hash(entries.subList(k, entries.size())));
    }

    /** PATH of section 2.1.3.1. */
    static List<byte[]> path(int m, List<byte[]> entries) {
        int n = entries.size();
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        return m < k
                ? with(path(m, entries.subList(0, k)), hash(entries.subList(k, n)))
                : with(path(m - k, entries.subList(k, n)), hash(entries.subList(0, k)));
    }

    /** PROOF of section 2.1.4.1. */
    static List<byte[]> proof(int m, List<byte[]> entries) {
        return subproof(m, entries, true);
    }

    private static List<byte[]> subproof(int m, List<byte[]> entries, boolean b) {
        int n = entries.size();
        if (m == n) {
            return b ? List.of() : List.of(hash(entries));
        }
        int k = split(n);
        return m <= k
                ? with(subproof(m, entries.subList(0, k), b), hash(entries.subList(k, n)))
                : with(subproof(m - k, entries.subList(k, n), false), hash(entries.subList(0, k)));
    }

    /** The largest power of two smaller than n. */
    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static List<byte[]> with(List<byte[]> path, byte[] last) {
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
