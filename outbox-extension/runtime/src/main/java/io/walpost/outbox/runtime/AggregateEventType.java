package io.walpost.outbox.runtime;

/**
 * What is the same for all events of one class.
 *
 * @param aggregateType the kind of aggregate
 * @param type what happened
 * @param aggregateId reads the id from an instance
 */
record AggregateEventType(String aggregateType, String type, AggregateIdReader aggregateId) {

    /** @throws IllegalArgumentException if the id is null or could not be read */
    String aggregateIdOf(Object event) {
        Object id = aggregateId.read(event);
        if (id == null) {
            throw new IllegalArgumentException("the @AggregateId of "
                    + event.getClass().getName() + " is null: an id from a sequence is there only after persist()");
        }
        return id.toString();
    }
}
