package dev.clinickpi.example.cli;

/** What the command tells the shell. Wrong usage, 2, is picocli's own. */
final class ExitCode {

    /** It did what it was asked. */
    static final int OK = 0;

    /** It could not, because of how it was called or of a file or a database that it could not read or write. */
    static final int USAGE = 2;

    /** It did, but lines were rejected, and the caller asked to be told so. */
    static final int REJECTED = 3;

    /** The reference data or a mapping does not hold. */
    static final int REFERENCE_DATA = 4;

    /** An audit log is not what was signed. */
    static final int NOT_INTACT = 5;

    private ExitCode() {}

    static int of(Rejections rejections, boolean strict) {
        return strict && rejections.count() > 0 ? REJECTED : OK;
    }
}
