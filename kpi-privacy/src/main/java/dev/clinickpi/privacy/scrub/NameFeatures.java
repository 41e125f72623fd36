package dev.clinickpi.privacy.scrub;

import dev.clinickpi.privacy.scrub.NameTokens.Shape;
import java.util.Arrays;

/**
 * What the model is told about each token of a line: the word, its beginnings and endings, how it is written, what the lists know of it, the
 * same of its neighbours, and the label before it ("Médico:"). A feature is a number of its own, a hash of its kind and what it says; two that
 * share one are told apart by the others.
 */
final class NameFeatures {

    /** Features are numbers below this, a power of two. */
    static final int BUCKETS = 1 << 19;

    /** How many features each token has. */
    static final int PER_TOKEN = 50;

    /** How far to the left a label is looked for, in tokens. */
    private static final int LABEL_REACH = 6;

    private final NameTokens tokens;
    private final int[] words;
    private final int[] entries;
    private final int[] shapes;
    private final int[] features = new int[PER_TOKEN];
    private int count;

    NameFeatures(NameTokens tokens, NameLexicon lexicon) {
        this.tokens = tokens;
        int size = tokens.size();
        this.words = new int[size];
        this.entries = new int[size];
        this.shapes = new int[size];
        for (int i = 0; i < size; i++) {
            String word = tokens.word(i);
            words[i] = tokens.shape(i) == Shape.NUMBER ? -word.length() : word.hashCode();
            entries[i] = tokens.isWord(i) ? lexicon.of(word) : 0;
            shapes[i] = tokens.shape(i).code * 4 + tokens.writing().code;
        }
    }

    /** The features of all tokens of the line. */
    int[][] all() {
        int[][] all = new int[tokens.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = of(i);
        }
        return all;
    }

    private int[] of(int i) {
        count = 0;
        addWords(i);
        addSpelling(i);
        addLists(i);
        addPlace(i);
        return Arrays.copyOf(features, count);
    }

    private void addWords(int i) {
        add(0, 0, 0, 0);
        add(1, word(i), 0, 0);
        add(2, word(i - 1), 0, 0);
        add(3, word(i + 1), 0, 0);
        add(4, word(i - 2), 0, 0);
        add(5, word(i + 2), 0, 0);
        add(6, word(i - 1), word(i), 0);
        add(7, word(i), word(i + 1), 0);
        add(8, word(i - 2), word(i - 1), 0);
        add(9, word(i + 1), word(i + 2), 0);
        add(10, word(i - 1), word(i + 1), 0);
    }

    private void addSpelling(int i) {
        String word = tokens.word(i);
        int length = word.length();
        int ending = word.substring(Math.max(0, length - 3)).hashCode();
        add(11, word.substring(0, Math.min(2, length)).hashCode(), 0, 0);
        add(12, word.substring(0, Math.min(3, length)).hashCode(), 0, 0);
        add(13, word.substring(Math.max(0, length - 2)).hashCode(), 0, 0);
        add(14, ending, 0, 0);
        add(15, word.substring(Math.max(0, length - 4)).hashCode(), 0, 0);
        add(16, ending, coarse(i), 0);
        add(17, Math.min(length, 10), coarse(i), 0);
        add(18, shape(i), 0, 0);
        add(19, shape(i), shape(i - 1), 0);
        add(20, shape(i), shape(i + 1), 0);
        add(21, shape(i - 1), shape(i), shape(i + 1));
        add(22, shape(i), word(i - 1), 0);
        add(23, shape(i), word(i - 2), word(i - 1));
    }

    private void addLists(int i) {
        add(24, entry(i), 0, 0);
        add(25, entry(i - 1), 0, 0);
        add(26, entry(i + 1), 0, 0);
        add(27, coarse(i), shape(i), 0);
        add(28, coarse(i), coarse(i - 1), 0);
        add(29, coarse(i), coarse(i + 1), 0);
        add(30, coarse(i - 1), coarse(i), coarse(i + 1));
        add(31, coarse(i), word(i - 1), 0);
        add(32, coarse(i), word(i + 1), 0);
        add(33, coarse(i), word(i - 2), word(i - 1));
        add(34, entry(i), shape(i - 1), shape(i));
        add(35, coarse(i), coarse(i - 1), coarse(i - 2));
        add(36, coarse(i), coarse(i + 1), coarse(i + 2));
        add(37, coarse(i), word(i - 1), coarse(i + 1));
        add(38, coarse(i), coarse(i - 1), word(i - 2));
        add(39, coarse(i), coarse(i - 2), word(i - 1));
    }

    private void addPlace(int i) {
        int colon = colon(i);
        int label = colon < 0 ? 0 : word(colon - 1);
        add(40, label, 0, 0);
        add(41, label, shape(i), 0);
        add(42, label, coarse(i), 0);
        add(43, label, Math.min(i - colon, 4), 0);
        add(44, tokens.inAddress(i) ? 1 : 0, shape(i), 0);
        add(45, glue(i), shape(i), glue(i + 1));
        add(46, Math.min(i, 2), coarse(i), shape(i));
        add(47, Math.min(tokens.size() - 1 - i, 1), coarse(i), Math.min(i, 1));
        add(48, word(i - 3), word(i - 2), word(i - 1));
        add(49, word(i - 3), coarse(i), 0);
    }

    /** The nearest colon before a token, or -1. */
    private int colon(int i) {
        for (int at = i - 1; at >= Math.max(0, i - LABEL_REACH); at--) {
            if (tokens.word(at).equals(":")) {
                return at;
            }
        }
        return -1;
    }

    /** 1 if a token follows the one before it without a space. */
    private int glue(int i) {
        return i > 0 && i < tokens.size() && tokens.start(i) == tokens.end(i - 1) ? 1 : 0;
    }

    private int word(int i) {
        return i < 0 ? 1 : i >= words.length ? 2 : words[i];
    }

    private int shape(int i) {
        return i < 0 ? 100 : i >= shapes.length ? 101 : shapes[i];
    }

    private int entry(int i) {
        return i < 0 ? 1000 : i >= entries.length ? 1001 : tokens.isWord(i) ? entries[i] : 1002 + tokens.shape(i).code;
    }

    /** Which lists have the word, without the ranks in those of names. */
    private int coarse(int i) {
        int entry = entry(i);
        if (entry >= 1000) {
            return entry;
        }
        int names = (NameLexicon.isGiven(entry) ? 1 : 0) + (NameLexicon.isSurname(entry) ? 2 : 0);
        int other = NameLexicon.isMistyped(entry) ? 5 : names == 0 && NameLexicon.isName(entry) ? 4 : 0;
        return (names + other) * 8 + NameLexicon.commonness(entry);
    }

    private void add(int kind, int a, int b, int c) {
        int hash = kind * 0x9E3779B1;
        hash = mix(hash ^ a);
        hash = mix(hash ^ (b * 0x85EBCA6B));
        hash = mix(hash ^ (c * 0xC2B2AE35));
        features[count++] = hash & (BUCKETS - 1);
    }

    /** The finaliser of MurmurHash3, of which each bit of the outcome depends on each of what goes in. */
    private static int mix(int hash) {
        int h = hash;
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        return h ^ (h >>> 16);
    }
}
