package dev.clinickpi.privacy.audit;

/** What came of checking an export. */
public sealed interface ExportVerdict {

    /**
     * The file holds what the key's owner signed, all of it and nothing else.
     *
     * @param head the head that it ends with
     */
    record Intact(SignedTreeHead head) implements ExportVerdict {}

    /**
     * The file is not what the key's owner signed, or what he signed is not what he signed before.
     *
     * @param line the first line that does not fit, from 1 on; entry n stands on line n where the file begins with the first
     * @param reason why, in English, without anything that the line says
     */
    record Broken(long line, String reason) implements ExportVerdict {}
}
