package dev.clinickpi.privacy.scrub;

/** What a personal value is. */
public enum PiiType {
    /** The name of a person. */
    NAME,
    /** A phone or fax number, also as WhatsApp writes it. */
    PHONE,
    /** An e-mail address. */
    EMAIL,
    /** What an office, an insurer, a clinic or WhatsApp knows a person or a message by. */
    ID,
    /** An account number, ISO 13616. */
    IBAN,
    /** The number of a payment card. */
    CARD,
    /** Where somebody lives, down to the street. */
    ADDRESS,
    /** A web address that leads to a person's page. */
    URL,
    /** What a host looks for and has no other type. */
    OTHER;

    private final String placeholder = "[" + name() + "]";

    /** What stands in the place of a value, such as {@code [PHONE]}. */
    public String placeholder() {
        return placeholder;
    }
}
