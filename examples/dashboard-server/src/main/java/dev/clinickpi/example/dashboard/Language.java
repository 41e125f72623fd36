package dev.clinickpi.example.dashboard;

import dev.clinickpi.clinic.Clinic;
import io.javalin.http.Context;
import java.util.Locale;

/** In which language a request wants its words: the parameter {@code lang}, else what the browser says, {@code es} or {@code en}. */
final class Language {

    private static final Locale SPANISH = Locale.forLanguageTag("es");

    private Language() {}

    static Locale of(Context request) {
        String asked = request.queryParam("lang");
        String language = asked == null ? request.header("Accept-Language") : asked;
        return language != null && language.startsWith("es") ? SPANISH : Locale.ENGLISH;
    }

    /** The reader's language in the number format of the clinic's country. */
    static Locale of(Context request, Clinic clinic) {
        return new Locale.Builder()
                .setLanguage(of(request).getLanguage())
                .setRegion(clinic.country())
                .build();
    }
}
