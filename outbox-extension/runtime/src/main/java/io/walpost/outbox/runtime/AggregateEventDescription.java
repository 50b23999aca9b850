package io.walpost.outbox.runtime;

/**
 * A marked class, as found and checked at build time.
 *
 * @param eventClass the class
 * @param aggregateType the kind of aggregate
 * @param type what happened, the default already filled in
 * @param idDeclaringClass the class that declares the id: the same one, or a supertype
 * @param idMember the member that holds the id
 */
public record AggregateEventDescription(
        Class<?> eventClass,
        String aggregateType,
        String type,
        Class<?> idDeclaringClass,
        AggregateIdMember idMember) {}
