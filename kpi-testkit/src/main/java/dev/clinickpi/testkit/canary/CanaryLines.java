package dev.clinickpi.testkit.canary;

import dev.clinickpi.clinic.ClinicId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of one person after the other, made when they are wanted. */
final class CanaryLines extends InputStream {

    private final List<Canary> canaries;
    private final ClinicId clinic;
    private InputStream lines = InputStream.nullInputStream();
    private int person;

    CanaryLines(List<Canary> canaries, ClinicId clinic) {
        this.canaries = canaries;
        this.clinic = clinic;
    }

    @Override
    public int read() throws IOException {
        int next = lines.read();
        while (next < 0 && hasNext()) {
            next = lines.read();
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
        int count = lines.read(bytes, start, length);
        while (count < 0 && hasNext()) {
            count = lines.read(bytes, start, length);
        }
        return count;
    }

    /** Goes on to the next person, if there is one. */
    private boolean hasNext() {
        if (person >= canaries.size() / Canary.Kind.values().length) {
            return false;
        }
        StringBuilder text = new StringBuilder();
        CanaryEvents.lines(canaries, clinic, person)
                .forEach(line -> text.append(line).append('\n'));
        lines = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
        person++;
        return true;
    }
}
