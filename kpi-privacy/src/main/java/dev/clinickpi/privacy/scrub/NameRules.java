package dev.clinickpi.privacy.scrub;

import dev.clinickpi.privacy.scrub.NameTokens.Writing;
import java.util.Set;

/**
 * How sure the model has to be, by what else is known of a word. A given name that is no common word, and a name behind a title, are believed
 * nearly at once: chats have them in more turns of phrase than any training has.
 */
final class NameRules {

    /**
     * How likely a word has to be part of a name. Below one half, since a name that stays costs more than a word that goes; these numbers were
     * found on documents and templates that the model was not trained on.
     */
    private static final double LIKELY = 0.3;

    /** The same in a line without upper case, where the model knows less. */
    private static final double LIKELY_IN_LOWER_CASE = 0.15;

    /** The same of a word that the lists have as a given name and everyday speech does not have, or of any listed name after a title. */
    private static final double LIKELY_IF_LISTED = 0.03;

    /** The same of a day, a month or the value-added tax. Nearly always that is what it is, though some people are called so. */
    private static final double LIKELY_IF_DATE = 0.8;

    private static final Set<String> TITLES = Set.of(
            "dr",
            "dra",
            "doctor",
            "doctora",
            "don",
            "dona",
            "d",
            "sr",
            "sra",
            "srta",
            "senor",
            "senora",
            "senorita",
            "lic",
            "licenciada",
            "licenciado",
            "prof",
            "profesor",
            "profesora");

    private static final Set<String> DATES = Set.of(
            "lunes",
            "martes",
            "miercoles",
            "jueves",
            "viernes",
            "sabado",
            "domingo",
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "setiembre",
            "octubre",
            "noviembre",
            "diciembre",
            "iva");

    private NameRules() {}

    /** How likely a word of a line has to be part of a name to be taken for one. */
    static double threshold(NameTokens line, NameLexicon lexicon, int index) {
        String word = line.word(index);
        if (DATES.contains(word)) {
            return LIKELY_IF_DATE;
        }
        if (isListed(line, index, lexicon.of(word))) {
            return LIKELY_IF_LISTED;
        }
        return line.writing() == Writing.LOWER ? LIKELY_IN_LOWER_CASE : LIKELY;
    }

    /**
     * Whether words at the start of a line without upper case are no Spanish names: a label in another language, say, with nothing
     * before it that makes it a name.
     */
    static boolean isUnknown(NameTokens line, NameLexicon lexicon, int start, int end) {
        if (start > 0 || line.writing() != Writing.LOWER) {
            return false;
        }
        for (int i = start; i < end; i++) {
            int entry = lexicon.of(line.word(i));
            if (NameLexicon.isGiven(entry) || NameLexicon.isSurname(entry)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isListed(NameTokens line, int index, int entry) {
        int commonness = NameLexicon.commonness(entry);
        return (NameLexicon.isFrequentGiven(entry) && commonness == 0)
                || (NameLexicon.isName(entry) && commonness < 4 && isAfterTitle(line, index));
    }

    private static boolean isAfterTitle(NameTokens line, int index) {
        int before = index - (line.word(index - 1).equals(".") ? 2 : 1);
        return TITLES.contains(line.word(before));
    }
}
