package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds names of persons in Spanish text, in reports as in chats typed without accents or upper case. A {@link NameModel} weighs each word with
 * what {@link NameLexicon} knows of it and its neighbours; {@link NameRules} says how sure it has to be. A name is a run of words
 * of which each is likely enough to be part of one. Immutable, safe for use by many threads; takes time in proportion to the text's length.
 */
final class NameDetector implements PiiDetector {

    private final NameModel model;
    private final NameLexicon lexicon;

    NameDetector(NameModel model, NameLexicon lexicon) {
        this.model = model;
        this.lexicon = lexicon;
    }

    /** The detector that the library comes with. Its resources are read once, the first time that one is asked for. */
    static NameDetector create() {
        return new NameDetector(Standard.MODEL, Standard.LEXICON);
    }

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        List<PiiSpan> found = new ArrayList<>();
        for (NameTokens line : NameTokens.lines(text.text())) {
            boolean[] starts = new boolean[line.size()];
            boolean[] parts = new boolean[line.size()];
            mark(line, starts, parts);
            collect(text, line, starts, parts, found);
        }
        return found;
    }

    private void mark(NameTokens line, boolean[] starts, boolean[] parts) {
        TagChain chain = model.tag(new NameFeatures(line, lexicon).all());
        for (int i = 0; i < parts.length; i++) {
            double first = chain.marginal(i, TagChain.FIRST);
            double inside = chain.marginal(i, TagChain.INSIDE);
            parts[i] = first + inside >= NameRules.threshold(line, lexicon, i);
            starts[i] = first > inside;
        }
    }

    /** A run of parts is a name, or several where one starts inside it; signs at its ends are not part of it. */
    private void collect(NormalizedText text, NameTokens line, boolean[] starts, boolean[] parts, List<PiiSpan> found) {
        int at = 0;
        while (at < parts.length) {
            int from = at;
            while (at < parts.length && parts[at] && (at == from || !starts[at])) {
                at++;
            }
            add(text, line, from, at, found);
            at += at == from ? 1 : 0;
        }
    }

    private void add(NormalizedText text, NameTokens line, int start, int end, List<PiiSpan> found) {
        int from = start;
        int to = end;
        while (from < to && !line.isWord(from)) {
            from++;
        }
        while (from < to && !line.isWord(to - 1)) {
            to--;
        }
        if (from < to && !NameRules.isUnknown(line, lexicon, from, to)) {
            found.add(text.span(line.start(from), line.end(to - 1), PiiType.NAME));
        }
    }

    /** What the library comes with, read when the first detector is made. */
    private static final class Standard {

        private static final NameModel MODEL = NameModel.load();
        private static final NameLexicon LEXICON = NameLexicon.load();
    }
}
