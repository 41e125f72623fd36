package dev.clinickpi.testkit.canary;

import java.util.List;
import java.util.Objects;

/**
 * A personal value of somebody who does not exist, put in to see whether it comes out.
 *
 * @param kind what it is
 * @param plain the value as an office would write it
 * @param written the value as a host or a patient wrote it, which may be garbled
 * @param marks parts that give it away by themselves, such as the surname of a name; each has eight letters or digits at the least
 */
public record Canary(Kind kind, String plain, String written, List<String> marks) {

    /** Refuses nulls and copies the marks. */
    public Canary {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(plain, "plain");
        Objects.requireNonNull(written, "written");
        marks = List.copyOf(marks);
    }

    /** The same value, written in another way. */
    Canary written(String otherwise) {
        return new Canary(kind, plain, otherwise, marks);
    }

    /** What a canary is. */
    public enum Kind {
        /** The given name and surnames of a person. */
        NAME,
        /** A mobile phone of Spain, Mexico, Colombia, Argentina, Chile or Peru. */
        PHONE,
        /** An e-mail address. */
        EMAIL,
        /** A NIF, NIE, CURP or RUT, with its check digit. */
        ID,
        /** The id of a message or an account of WhatsApp, both of which hold a phone. */
        WHATSAPP
    }
}
