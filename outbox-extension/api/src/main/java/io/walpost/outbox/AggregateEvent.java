package io.walpost.outbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record or class whose instances are events of an aggregate, to be given to {@link Outbox#publish(Object)}.
 *
 * <pre>{@code
 * @AggregateEvent(aggregateType = "order", type = "OrderPlaced")
 * public record OrderPlaced(@AggregateId UUID orderId, List<Line> lines) {}
 * }</pre>
 *
 * <p>Exactly one record component, field or method without parameters carries {@link AggregateId}. A mistake in a
 * marked class fails the build of the application.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AggregateEvent {

    /**
     * The kind of aggregate, which names the topic: {@code order} is published to {@code outbox.event.order}. 1 to 236
     * characters out of {@code a-z A-Z 0-9 . _ -}, because Kafka allows a topic no others and no more than 249.
     */
    String aggregateType();

    /** What happened, as consumers will read it in the header {@code type}; the simple name of the class if empty. */
    String type() default "";
}
