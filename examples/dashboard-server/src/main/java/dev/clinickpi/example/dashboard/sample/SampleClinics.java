package dev.clinickpi.example.dashboard.sample;

import dev.clinickpi.clinic.ClinicDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;

/**
 * The made-up clinics. Four with a story, one that is so small that most of its figures are withheld, one that began today, and eight of other owners, without which
 * the dental sector would have no benchmarks, or a median that is the mean of all. What they tell ends with the day of the first start, and goes on from there.
 */
public final class SampleClinics {

    private SampleClinics() {}

    /** The day of a folder's first start, which its story is told around; today, and kept, where there is none. */
    public static LocalDate began(Path folder, LocalDate today) {
        Path file = folder.resolve("sample-began");
        try {
            if (Files.exists(file)) {
                return LocalDate.parse(Files.readString(file).strip());
            }
            Files.createDirectories(folder);
            Files.writeString(file, today + "\n");
            return today;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reference data of clinics whose story is told around a day. */
    public static ClinicDirectory directory(LocalDate began) {
        try (InputStream in = SampleClinics.class.getResourceAsStream("clinics.json")) {
            String json = new String(Objects.requireNonNull(in, "clinics.json").readAllBytes(), StandardCharsets.UTF_8)
                    .replace("$BEGAN", began.toString())
                    .replace("$GO_LIVE", goLive(began).toString())
                    .replace("$NEIGHBOURS_LIVE", began.minusYears(1).toString())
                    .replace("$YEAR_BEFORE", String.valueOf(began.getYear() - 1))
                    .replace("$YEAR", String.valueOf(began.getYear()));
            return ClinicDirectory.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The AI receptionist took over eight to nine months ago, on the first of a month. */
    static LocalDate goLive(LocalDate began) {
        return began.minusMonths(8).withDayOfMonth(1);
    }
}
