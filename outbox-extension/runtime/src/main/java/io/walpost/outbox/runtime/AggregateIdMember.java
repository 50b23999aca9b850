package io.walpost.outbox.runtime;

/**
 * Where a class holds its aggregate id, as found at build time.
 *
 * @param kind what it is
 * @param name its name; a method has no parameters
 */
public record AggregateIdMember(Kind kind, String name) {

    /** A kind of member. */
    public enum Kind {
        FIELD,
        METHOD
    }
}
