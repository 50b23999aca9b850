package io.walpost.billing.order;

import java.util.regex.Pattern;

/** What the events' constructors check. The messages name the field and quote no value. */
final class Checks {

    private static final int MAX_TEXT = 255;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private Checks() {}

    static void positive(String field, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " is not positive");
        }
    }

    static void text(String field, String value) {
        if (value.isBlank() || value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(field + " is blank or longer than " + MAX_TEXT + " characters");
        }
    }

    static void currency(String value) {
        if (!CURRENCY.matcher(value).matches()) {
            throw new IllegalArgumentException("currency is not an ISO 4217 code of three capital letters");
        }
    }
}
