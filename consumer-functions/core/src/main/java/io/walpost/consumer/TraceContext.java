package io.walpost.consumer;

import java.util.Objects;
import java.util.Optional;

/**
 * The W3C trace context in which the event was published, as it was written. It is carried, not checked: a broken trace
 * is no reason to refuse an event.
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {

    public TraceContext {
        Objects.requireNonNull(traceparent, "traceparent");
        Objects.requireNonNull(tracestate, "tracestate");
    }
}
