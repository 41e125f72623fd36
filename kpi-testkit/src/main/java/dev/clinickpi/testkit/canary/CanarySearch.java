package dev.clinickpi.testkit.canary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for canaries in what came out: as they were written, as they would read once normalised, and by their marks, whatever their case and whatever stands
 * between their letters or digits. A search in a text takes time in proportion to its length, however many canaries there are.
 */
public final class CanarySearch {

    /** Shorter needles would be found in what is none of them. */
    private static final int WINDOW = 8;

    private final Map<Long, List<String>> needles = new HashMap<>();
    private final Map<String, Canary> owners = new HashMap<>();
    private final Set<Long> numbers = new HashSet<>();

    /** A search for these. */
    public CanarySearch(Collection<Canary> canaries) {
        for (Canary canary : canaries) {
            add(canary, canary.plain());
            add(canary, canary.written());
            canary.marks().forEach(mark -> add(canary, mark));
        }
    }

    private void add(Canary canary, String value) {
        String needle = Squeezed.of(value);
        if (needle.length() < WINDOW || needle.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("Nothing is told by " + value);
        }
        if (owners.putIfAbsent(needle, canary) == null) {
            long window = 0;
            for (int i = 0; i < WINDOW; i++) {
                window = shifted(window, needle.charAt(i));
            }
            needles.computeIfAbsent(window, key -> new ArrayList<>()).add(needle);
            if (needle.length() <= 18 && needle.chars().allMatch(c -> c >= '0' && c <= '9')) {
                addNumber(Long.parseLong(needle));
            }
        }
    }

    /** Less could be a keyed hash of 32 bits, of which an engine has as many as patients. */
    private void addNumber(long number) {
        if (number > 1L << Integer.SIZE) {
            numbers.add(number);
        }
    }

    /** A canary that a text holds; empty when it holds none. */
    public Optional<Canary> in(String text) {
        String squeezed = Squeezed.of(text);
        long window = 0;
        for (int i = 0; i < squeezed.length(); i++) {
            window = shifted(window, squeezed.charAt(i));
            for (String needle : needles.getOrDefault(window, List.of())) {
                if (i + 1 >= WINDOW && squeezed.startsWith(needle, i + 1 - WINDOW)) {
                    return Optional.ofNullable(owners.get(needle));
                }
            }
        }
        return Optional.empty();
    }

    /** A canary that some bytes hold, be they a text in UTF-8 or UTF-16 or something with such texts in it. */
    public Optional<Canary> in(byte[] bytes) {
        return in(new String(bytes, StandardCharsets.UTF_8))
                .or(() -> in(new String(bytes, StandardCharsets.UTF_16BE)))
                .or(() -> in(new String(bytes, StandardCharsets.UTF_16LE)));
    }

    /** A canary whose digits are this number, if it has ten at the least. */
    public Optional<Canary> in(long number) {
        return numbers.contains(number) ? Optional.ofNullable(owners.get(Long.toString(number))) : Optional.empty();
    }

    /**
     * A canary in an object, in what it prints or in anything that can be reached from it by the fields of the library's own classes, by collections or by the
     * causes of exceptions.
     */
    public Optional<Canary> inAllOf(Object object) {
        return new ObjectWalk(this, true).from(object);
    }

    /** The same without what objects print, for the inside of an engine: hashes of 32 bits, printed, look like phones now and then. */
    public Optional<Canary> inMemoryOf(Object object) {
        return new ObjectWalk(this, false).from(object);
    }

    private static long shifted(long window, char next) {
        return window << Byte.SIZE | (next & 0xff);
    }
}
