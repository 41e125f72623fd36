package dev.clinickpi.privacy.scrub;

import java.util.List;

/** What the library looks for. Of values that are equally long and overlap, the one whose detector stands first decides the type. */
final class StandardDetectors {

    private StandardDetectors() {}

    static List<PiiDetector> all() {
        return List.of(
                new WhatsAppDetector(),
                new EmailDetector(),
                IdDetector.ofNamed(),
                IdDetector.ofDistinct(),
                new PhoneDetector(),
                new BankDetector(),
                IdDetector.ofDigits(),
                new AddressDetector(),
                new WebDetector(),
                NameDetector.create());
    }
}
