package io.walpost.sample.orders.api;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text of one line that shows what it says: not blank, no control characters or halves of characters, nothing that ends a
 * line or turns the direction of what follows. Other characters of format stay, because emoji, flags and many scripts
 * are joined by them.
 */
@NotNull
@Pattern(regexp = "(?s)[^\\p{L}\\p{N}\\p{P}\\p{S}]*+[\\p{L}\\p{N}\\p{P}\\p{S}].*+", message = "must not be blank")
@Pattern(
        regexp = "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]*+",
        message = "must be one line of text without control characters")
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@interface PlainText {

    String message() default "must be one line of text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
