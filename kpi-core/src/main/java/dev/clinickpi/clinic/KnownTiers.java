package dev.clinickpi.clinic;

import dev.clinickpi.clinic.DirectoryDocument.ClinicEntry;
import dev.clinickpi.clinic.DirectoryDocument.TierEntry;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tier that a clinic names is one of the document's. A fault stands at the clinic's {@code tier}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = KnownTiers.Check.class)
@interface KnownTiers {

    String message() default "must be the id of one of the document's tiers";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks each clinic's tier up. Lists and entries may lack anything still: other constraints say so. */
    final class Check implements ConstraintValidator<KnownTiers, DirectoryDocument> {

        @Override
        public boolean isValid(DirectoryDocument document, ConstraintValidatorContext context) {
            Set<String> tiers = document.tiers().stream()
                    .filter(Objects::nonNull)
                    .map(TierEntry::id)
                    .collect(Collectors.toSet());
            context.disableDefaultConstraintViolation();
            boolean known = true;
            List<ClinicEntry> clinics = Objects.requireNonNullElse(document.clinics(), List.of());
            for (int i = 0; i < clinics.size(); i++) {
                if (namesAnother(clinics.get(i), tiers)) {
                    known = false;
                    context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                            .addPropertyNode("clinics")
                            .addPropertyNode("tier")
                            .inIterable()
                            .atIndex(i)
                            .addConstraintViolation();
                }
            }
            return known;
        }

        private static boolean namesAnother(@Nullable ClinicEntry clinic, Set<String> tiers) {
            return clinic != null && clinic.tier() != null && !tiers.contains(clinic.tier());
        }
    }
}
