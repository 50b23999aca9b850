package io.walpost.search;

/** What the parts of an event check. The messages name the field and quote no value. */
final class Checks {

    private Checks() {}

    static void present(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    static void positive(String field, Long value) {
        present(field, value);
        if (value <= 0) {
            throw new IllegalArgumentException(field + " is not positive");
        }
    }
}
