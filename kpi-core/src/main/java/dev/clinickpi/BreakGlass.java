package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one way of who runs the installation to a clinic's figures: for a reason, for the clinics named, until an expiry, on record in each clinic's own trail. */
final class BreakGlass {

    /** The longest that an access may ever last: what takes more than a week is no emergency. */
    static final Duration LONGEST = Duration.ofDays(7);

    /** Letters and digits: "Ticket 4711" is about the least that somebody else can follow up, "test" and a row of dots are nothing. */
    private static final int SHORTEST_REASON = 10;

    /** Characters: a reason is a sentence or two. Whatever is longer was pasted, and may hold anything. */
    private static final int LONGEST_REASON = 500;

    private final AccessControl access;
    private final Privacy privacy;
    private final Duration longest;
    private final Clock clock;

    /** @param longest how long an access may last, {@link #LONGEST} at the most */
    BreakGlass(AccessControl access, Privacy privacy, Duration longest, Clock clock) {
        this.access = access;
        this.privacy = privacy;
        this.longest = longest;
        this.clock = clock;
    }

    /** Opens clinics to a service role, when the record of it is durable in the trail of each. */
    Principal open(Principal founder, String reason, Set<ClinicId> clinics, Instant expiry) {
        Instant now = clock.instant();
        List<ClinicId> named = inOrder(clinics);
        requireSuperAdmin(founder, named, now);
        String fault = faultOf(reason, named, expiry, now);
        if (fault != null) {
            refuse(founder, named, "", now);
            throw new IllegalArgumentException(fault);
        }
        Principal opened = Principal.serviceRole(founder.name(), privacy.scrub(reason.strip()), clinics, expiry);
        named.forEach(
                clinic -> access.record(founder, Action.BREAK_GLASS, clinic, ServiceAccesses.describe(opened), now));
        return opened;
    }

    /** Ends an access before its expiry, where it stands: elsewhere the words of its reason are nobody's yet, and are not written down. */
    void end(Principal founder, Principal opened) {
        Instant now = clock.instant();
        List<ClinicId> named = inOrder(opened.clinics());
        requireSuperAdmin(founder, named, now);
        List<ClinicId> standing = named.stream()
                .filter(clinic -> access.stands(opened, clinic, now))
                .toList();
        if (standing.isEmpty()) {
            refuse(founder, named, "", now);
            throw new IllegalArgumentException("No such access stands: it has ended already, or was never opened");
        }
        standing.forEach(
                clinic -> access.record(founder, Action.END_BREAK_GLASS, clinic, ServiceAccesses.name(opened), now));
    }

    private void requireSuperAdmin(Principal principal, List<ClinicId> clinics, Instant now) {
        if (principal.role() != Role.SUPER_ADMIN) {
            refuse(principal, clinics, "no super admin", now);
            throw new AccessDeniedException("Only a super admin may open a clinic to a service role, or close it");
        }
    }

    /** In the trail of each clinic that there is; where none is, for the whole installation. */
    private void refuse(Principal principal, List<ClinicId> clinics, String detail, Instant now) {
        List<ClinicId> known = clinics.stream().filter(access::isKnown).toList();
        known.forEach(clinic -> access.refuse(principal, Action.BREAK_GLASS_REFUSED, clinic, detail, now));
        if (known.isEmpty()) {
            access.refuse(principal, Action.BREAK_GLASS_REFUSED, null, detail, now);
        }
    }

    private static List<ClinicId> inOrder(Set<ClinicId> clinics) {
        return clinics.stream().sorted(Comparator.comparing(ClinicId::value)).toList();
    }

    private @Nullable String faultOf(String reason, List<ClinicId> clinics, Instant expiry, Instant now) {
        if (clinics.isEmpty() || !clinics.stream().allMatch(access::isKnown)) {
            return "Name the clinics to be opened: one at the least, all of them in the reference data";
        }
        if (!expiry.isAfter(now) || expiry.isAfter(now.plus(longest))) {
            return "The expiry lies ahead, " + longest + " at the most; it is " + Duration.between(now, expiry)
                    + " from now";
        }
        return faultOf(reason);
    }

    /** What is wrong with a reason, without a word of it. */
    private static @Nullable String faultOf(String reason) {
        if (reason.codePoints().filter(Character::isLetterOrDigit).count() < SHORTEST_REASON) {
            return "Give a reason that the clinic will understand: " + SHORTEST_REASON
                    + " letters or digits at the least";
        }
        if (reason.length() > LONGEST_REASON) {
            return "A reason has at most " + LONGEST_REASON + " characters, not " + reason.length();
        }
        return reason.codePoints().allMatch(BreakGlass::isPlain)
                ? null
                : "A reason is one line of text, without control or format characters";
    }

    /** What shows as itself: a line break could make a second record of one, and a character that turns the direction could hide half of it. */
    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
