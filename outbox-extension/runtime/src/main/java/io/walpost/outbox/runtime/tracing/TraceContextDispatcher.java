package io.walpost.outbox.runtime.tracing;

import io.debezium.outbox.quarkus.ExportedEvent;
import io.debezium.outbox.quarkus.internal.AbstractEventDispatcher;
import io.debezium.outbox.quarkus.internal.OutboxConstants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Debezium's dispatcher, with the trace context of the caller in the row.
 *
 * <p>It stands in for Debezium's own tracing dispatcher, which keeps only the header that was injected last (a request
 * with baggage or a {@code tracestate} loses its {@code traceparent}) and writes it whatever its length, so that a long
 * header of a remote caller would make the INSERT fail, and the data's transaction with it.
 */
@ApplicationScoped
public class TraceContextDispatcher extends AbstractEventDispatcher {

    private final OpenTelemetryTraceContext traceContext;

    TraceContextDispatcher(OpenTelemetryTraceContext traceContext) {
        this.traceContext = traceContext;
    }

    @Override
    public void onExportedEvent(@Observes ExportedEvent<?, ?> event) {
        Map<String, Object> row = getDataMapFromEvent(event);
        String column = traceContext.current();
        if (column != null) {
            row.put(OutboxConstants.TRACING_SPAN_CONTEXT, column);
        }
        persist(row);
    }
}
