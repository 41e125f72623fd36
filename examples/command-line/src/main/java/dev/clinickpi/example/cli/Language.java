package dev.clinickpi.example.cli;

import java.util.Locale;

/** The languages of a report, named as they are typed. */
enum Language {
    es(new Locale("es", "ES")),
    en(Locale.US);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** Spanish for who speaks it, English for everybody else. */
    static Language of(Locale locale) {
        return locale.getLanguage().equals("es") ? es : en;
    }

    Locale locale() {
        return locale;
    }
}
