package dev.clinickpi.privacy;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The matchers of the clinics that were asked for last. One is made anew when its clinic's catalogue is another. */
final class ServiceMatchers {

    /** A matcher of 40 services with three aliases each takes 130 KB, and less than a millisecond to make. */
    private static final int MAX_CLINICS = 512;

    private static final float LOAD_FACTOR = 0.75f;

    private final Map<ClinicId, ServiceMatcher> latest =
            Collections.synchronizedMap(new LinkedHashMap<>(MAX_CLINICS, LOAD_FACTOR, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ClinicId, ServiceMatcher> eldest) {
                    return size() > MAX_CLINICS;
                }
            });

    /** The matcher of a clinic's catalogue. While the clinic is the same object, to compare catalogues is to compare references. */
    ServiceMatcher of(Clinic clinic) {
        ServiceMatcher matcher = latest.get(clinic.id());
        if (matcher == null || !matcher.isOf(clinic.services())) {
            matcher = new ServiceMatcher(clinic.services());
            latest.put(clinic.id(), matcher);
        }
        return matcher;
    }
}
