package io.walpost.outbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the part of an {@link AggregateEvent} that identifies its aggregate. Its {@link Object#toString()} becomes the
 * record's key, so all events of one aggregate share a partition and keep their order.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface AggregateId {}
