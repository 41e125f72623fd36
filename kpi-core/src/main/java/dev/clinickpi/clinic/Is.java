package dev.clinickpi.clinic;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A raw value has a {@link Form}. An absent one is left to {@link Required}. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Is.Check.class)
@interface Is {

    Form value();

    /** Unused: the form has the rule. */
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Holds a value against the form, as text. */
    final class Check implements ConstraintValidator<Is, Object> {

        @SuppressWarnings("NullAway.Init") // Jakarta Validation initializes before it asks.
        private Form form;

        @Override
        public void initialize(Is constraint) {
            form = constraint.value();
        }

        @Override
        public boolean isValid(@Nullable Object value, ConstraintValidatorContext context) {
            if (value == null || form.fits(value.toString())) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(form.rule()).addConstraintViolation();
            return false;
        }
    }
}
