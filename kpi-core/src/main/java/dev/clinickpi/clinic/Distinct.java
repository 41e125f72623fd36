package dev.clinickpi.clinic;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No two entries of a list have the same key. A fault stands at each entry that repeats an earlier one. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Distinct.Check.class)
@interface Distinct {

    /** The field of an entry that a repeated key is put down to. */
    String field();

    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** An entry that has a key. */
    interface Keyed {

        /** The values that no other entry has together; a null among them, not yet validated, makes it no key. */
        List<@Nullable String> key();
    }

    /** Walks the list once. */
    final class Check implements ConstraintValidator<Distinct, List<?>> {

        @SuppressWarnings("NullAway.Init") // Jakarta Validation initializes before it asks.
        private String field;

        @Override
        public void initialize(Distinct constraint) {
            field = constraint.field();
        }

        @Override
        public boolean isValid(@Nullable List<?> entries, ConstraintValidatorContext context) {
            if (entries == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            Set<List<@Nullable String>> keys = new HashSet<>();
            boolean distinct = true;
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i) instanceof Keyed entry && !entry.key().contains(null) && !keys.add(entry.key())) {
                    distinct = false;
                    context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                            .addPropertyNode(field)
                            .inIterable()
                            .atIndex(i)
                            .addConstraintViolation();
                }
            }
            return distinct;
        }
    }
}
