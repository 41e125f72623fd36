package dev.clinickpi.clinic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.DirectoryDocument.HoursEntry;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lists of an openingHours entry are the spans of weekdays. Weekdays stand beside {@code from} among fields that nobody knows, which are ignored
 * everywhere; but a list under another name is a weekday misspelt, and ignoring it would close the clinic.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Weekdays.Check.class)
@interface Weekdays {

    String message() default "must be a weekday, MONDAY to SUNDAY in capital letters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks at each field beside {@code from}. */
    final class Check implements ConstraintValidator<Weekdays, HoursEntry> {

        private static final Set<String> NAMES =
                Arrays.stream(DayOfWeek.values()).map(DayOfWeek::name).collect(Collectors.toUnmodifiableSet());

        @Override
        public boolean isValid(HoursEntry entry, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            boolean valid = true;
            for (Map.Entry<String, JsonNode> field : entry.fields().entrySet()) {
                valid &= isValid(field.getKey(), field.getValue(), context);
            }
            return valid;
        }

        private static boolean isValid(String field, JsonNode spans, ConstraintValidatorContext context) {
            if (!NAMES.contains(field)) {
                return !spans.isArray() || fault(context, context.getDefaultConstraintMessageTemplate(), field);
            }
            if (!spans.isArray()) {
                return spans.isNull() || fault(context, JsonShape.LIST.rule(), field);
            }
            boolean valid = true;
            for (int i = 0; i < spans.size(); i++) {
                JsonNode span = spans.get(i);
                if (!span.isTextual()) {
                    valid = fault(context, JsonShape.STRING.rule(), field, i);
                } else if (!Form.OPENING_SPAN.fits(span.textValue())) {
                    valid = fault(context, Form.OPENING_SPAN.rule(), field, i);
                }
            }
            return valid;
        }

        private static boolean fault(ConstraintValidatorContext context, String rule, String field) {
            context.buildConstraintViolationWithTemplate(rule)
                    .addPropertyNode(field)
                    .addConstraintViolation();
            return false;
        }

        private static boolean fault(ConstraintValidatorContext context, String rule, String field, int span) {
            context.buildConstraintViolationWithTemplate(rule)
                    .addPropertyNode(field)
                    .addContainerElementNode("<list element>", List.class, 0)
                    .inIterable()
                    .atIndex(span)
                    .addConstraintViolation();
            return false;
        }
    }
}
