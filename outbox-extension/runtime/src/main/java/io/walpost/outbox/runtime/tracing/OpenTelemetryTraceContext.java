package io.walpost.outbox.runtime.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.walpost.outbox.runtime.TraceContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** The active span's W3C Trace Context; baggage is left out. */
@Singleton
class OpenTelemetryTraceContext implements TraceContext {

    @Override
    public String current() {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, Map::put);
        return TraceContextColumn.of(headers);
    }
}
