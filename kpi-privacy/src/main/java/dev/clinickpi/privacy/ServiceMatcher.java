package dev.clinickpi.privacy;

import dev.clinickpi.clinic.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ahocorasick.trie.PayloadTrie;

/**
 * Finds the services of one catalogue in a text, by their names and aliases: as whole words, however written ({@link Folding}), and each of
 * several that overlap. A service's id is a key and no word that patients use; it counts only where it is a name or an alias as well. One
 * pass over the text, whatever the size of the catalogue (Aho and Corasick, "Efficient string matching", 1975). Immutable.
 */
final class ServiceMatcher {

    /** As much of a text as is read: the longest message that WhatsApp sends. */
    static final int MAX_LENGTH = 65_536;

    private final List<Service> services;
    private final PayloadTrie<Set<String>> terms;

    ServiceMatcher(List<Service> services) {
        this.services = services;
        Map<String, Set<String>> idsByTerm = new HashMap<>();
        for (Service service : services) {
            Stream.concat(Stream.of(service.name()), service.aliases().stream())
                    .map(Folding::fold)
                    .filter(term -> !term.isEmpty())
                    .forEach(term -> idsByTerm
                            .computeIfAbsent(term, key -> new HashSet<>())
                            .add(service.id()));
        }
        PayloadTrie.PayloadTrieBuilder<Set<String>> builder = PayloadTrie.builder();
        idsByTerm.forEach((term, ids) -> builder.addKeyword(term, Set.copyOf(ids)));
        terms = builder.build();
    }

    /** Whether it was made of this catalogue. */
    boolean isOf(List<Service> catalogue) {
        return services.equals(catalogue);
    }

    /** The ids of the services that a text names. */
    Set<String> servicesIn(String text) {
        String folded = Folding.fold(bounded(text));
        Set<String> named = new HashSet<>();
        terms.parseText(folded, match -> {
            if (isWhole(folded, match.getStart(), match.getEnd() + 1)) {
                named.addAll(match.getPayload());
            }
            return true;
        });
        return named;
    }

    /** Ends a text that is too long before the word that its limit would cut in two, and so perhaps make another word of. */
    private static String bounded(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = MAX_LENGTH;
        while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * Whether no letter or digit stands on either side. The automaton's own option for whole words knows neither digits nor letters beyond
     * the first 65 536.
     */
    private static boolean isWhole(String text, int start, int end) {
        return (start == 0 || !Character.isLetterOrDigit(text.codePointBefore(start)))
                && (end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end)));
    }
}
