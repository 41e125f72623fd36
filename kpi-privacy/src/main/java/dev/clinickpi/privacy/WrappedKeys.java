package dev.clinickpi.privacy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.privacy.KeyWrapping.Wrapped;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a key file holds, line by line: its form, a check that tells whether a key-encryption key is the right one, a line for each clinic, and a seal over
 * all lines before it.
 *
 * <pre>
 * clinic-kpi keys 1
 * check NONCE TAG
 * key CLINIC KEY-ID NONCE WRAPPED
 * destroyed CLINIC
 * seal NONCE TAG
 * </pre>
 */
final class WrappedKeys {

    private static final String FORM = "clinic-kpi keys 1";
    private static final String CHECK = "check";
    private static final String KEY = "key";
    private static final String DESTROYED = "destroyed";
    private static final String SEAL = "seal";
    private static final HexFormat HEX = HexFormat.of();

    private final Wrapped check;
    private final Map<ClinicId, Line> lines;
    private final @Nullable String sealed;
    private final @Nullable Wrapped seal;

    private WrappedKeys(Wrapped check, Map<ClinicId, Line> lines, @Nullable String sealed, @Nullable Wrapped seal) {
        this.check = check;
        this.lines = lines;
        this.sealed = sealed;
        this.seal = seal;
    }

    /** What is kept of a clinic. */
    sealed interface Line {}

    /**
     * A wrapped key.
     *
     * @param id tells it from every other key
     */
    record Key(String id, Wrapped wrapped) implements Line {}

    /** There was one, and there is to be none any more. */
    record Destroyed() implements Line {}

    /** No clinic. */
    static WrappedKeys none(KeyWrapping wrapping) {
        return new WrappedKeys(wrapping.seal(CHECK), new TreeMap<>(byName()), null, null);
    }

    private static Comparator<ClinicId> byName() {
        return Comparator.comparing(ClinicId::value);
    }

    /** What a key is wrapped in. */
    static String context(ClinicId clinic, String keyId) {
        return String.join("\n", KEY, clinicName(clinic), keyId);
    }

    Map<ClinicId, Line> lines() {
        return lines;
    }

    /** Whether a key-encryption key is the one that all of it is wrapped under. */
    boolean isUnder(KeyWrapping wrapping) {
        return wrapping.hasSealed(CHECK, check);
    }

    /** Whether it is as it was written. */
    boolean isWhole(KeyWrapping wrapping) {
        return sealed != null && seal != null && wrapping.hasSealed(sealed, seal);
    }

    String write(KeyWrapping wrapping) {
        StringBuilder text = new StringBuilder(FORM).append('\n');
        text.append(CHECK).append(' ').append(words(check)).append('\n');
        lines.forEach((clinic, line) -> {
            if (line instanceof Key key) {
                text.append(String.join(" ", KEY, clinicName(clinic), key.id, words(key.wrapped)));
            } else {
                text.append(DESTROYED).append(' ').append(clinicName(clinic));
            }
            text.append('\n');
        });
        return text + SEAL + " " + words(wrapping.seal(text.toString())) + "\n";
    }

    /** @throws KeyFileException if it is no such text, naming the line */
    static WrappedKeys read(Path file, String text) {
        List<String> all = text.lines().toList();
        int last = all.size() - 1;
        int number = 1;
        try {
            if (last < 2 || !all.get(0).equals(FORM) || !text.endsWith("\n")) {
                throw KeyFileException.damaged(
                        file, "it does not begin with '" + FORM + "' or does not end with a seal");
            }
            Wrapped check = wrapped(words(all.get(1), CHECK, 3), 1);
            Map<ClinicId, Line> lines = new TreeMap<>(byName());
            for (number = 2; number < last; number++) {
                read(all.get(number), lines);
            }
            Wrapped seal = wrapped(words(all.get(last), SEAL, 3), 1);
            return new WrappedKeys(check, lines, text.substring(0, text.lastIndexOf(SEAL + " ")), seal);
        } catch (IllegalArgumentException e) {
            throw KeyFileException.damaged(file, "line " + (number + 1) + " is none of a key file");
        }
    }

    private static void read(String line, Map<ClinicId, Line> lines) {
        boolean isKey = line.startsWith(KEY + " ");
        String[] words = isKey ? words(line, KEY, 5) : words(line, DESTROYED, 2);
        ClinicId clinic = ClinicId.of(ByteBuffer.wrap(Base64.getUrlDecoder().decode(words[1]))
                .asCharBuffer()
                .toString());
        Line read = isKey ? new Key(words[2], wrapped(words, 3)) : new Destroyed();
        if (lines.put(clinic, read) != null) {
            throw new IllegalArgumentException("A clinic comes twice");
        }
    }

    private static String[] words(String line, String first, int count) {
        String[] words = line.split(" ", -1);
        if (words.length != count || !words[0].equals(first)) {
            throw new IllegalArgumentException("Other words");
        }
        return words;
    }

    private static Wrapped wrapped(String[] words, int at) {
        Wrapped wrapped = new Wrapped(HEX.parseHex(words[at]), HEX.parseHex(words[at + 1]));
        if (wrapped.nonce().length != KeyWrapping.NONCE_BYTES || wrapped.sealed().length < KeyWrapping.TAG_BYTES) {
            throw new IllegalArgumentException("Other lengths");
        }
        return wrapped;
    }

    private static String words(Wrapped wrapped) {
        return HEX.formatHex(wrapped.nonce()) + " " + HEX.formatHex(wrapped.sealed());
    }

    /** Its chars as they are: an encoding would put one thing in the place of all halves of surrogate pairs. */
    private static String clinicName(ClinicId clinic) {
        String name = clinic.value();
        ByteBuffer bytes = ByteBuffer.allocate(name.length() * Character.BYTES);
        bytes.asCharBuffer().put(name);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
