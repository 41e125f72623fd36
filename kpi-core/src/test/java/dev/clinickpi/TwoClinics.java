package dev.clinickpi;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import java.util.Map;

/** The reference data of two clinics that must not see each other, and the id of one that is not in it. */
final class TwoClinics {

    static final ClinicId SOL = TestClinics.SOL;
    static final ClinicId MAR = ClinicId.of("mar");
    static final ClinicId UNKNOWN = ClinicId.of("luna");

    private TwoClinics() {}

    static ClinicDirectory directory() {
        ClinicDirectory one = TestEngine.directory();
        Clinic sol = TestClinics.sol();
        Clinic mar = new Clinic(
                MAR,
                "Clínica Mar",
                "grupo-mar",
                sol.vertical(),
                sol.country(),
                sol.zone(),
                sol.currency(),
                sol.locale(),
                sol.goLive(),
                sol.openingHours(),
                sol.holidays(),
                sol.averageRevenuePerVisit(),
                sol.tier(),
                sol.services(),
                sol.baseline(),
                sol.subscriptionFee());
        return new ClinicDirectory(Map.of(SOL, sol, MAR, mar), one.tiers(), one.llmPrices(), one.exchangeRates());
    }
}
