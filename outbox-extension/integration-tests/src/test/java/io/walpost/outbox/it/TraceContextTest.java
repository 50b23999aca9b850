package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(KeptRows.class)
class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + SPAN + "-01";

    @Inject
    Outbox outbox;

    @Inject
    OutboxTable table;

    @Inject
    Tracer tracer;

    @Test
    void writesTheActiveSpan() throws SQLException {
        Span span = tracer.spanBuilder("placing").startSpan();
        try (Scope ignored = span.makeCurrent()) {
            SpanContext context = span.getSpanContext();
            assertThat(context.isValid()).isTrue();
            assertThat(published())
                    .isEqualTo("traceparent=00-%s-%s-%s\n"
                            .formatted(
                                    context.getTraceId(),
                                    context.getSpanId(),
                                    context.getTraceFlags().asHex()));
        } finally {
            span.end();
        }
    }

    @Test
    void writesNothingWithoutASpan() throws SQLException {
        assertThat(published()).isNull();
    }

    @Test
    void keepsTheTraceparentNextToTracestateAndBaggage() throws SQLException, IOException {
        TraceState state = TraceState.builder().put("vendor", "a:b c\\d").build();
        Context context =
                remote(state).with(Baggage.builder().put("user", "ada").build());

        try (Scope ignored = context.makeCurrent()) {
            Properties column = new Properties();
            column.load(new StringReader(published()));
            assertThat(column).containsOnlyKeys("traceparent", "tracestate");
            assertThat(column).containsEntry("traceparent", TRACEPARENT).containsEntry("tracestate", "vendor=a:b c\\d");
        }
    }

    @Test
    void dropsATracestateThatDoesNotFitItsColumn() throws SQLException {
        TraceState state = TraceState.builder().put("vendor", "x".repeat(250)).build();

        try (Scope ignored = remote(state).makeCurrent()) {
            assertThat(published()).isEqualTo("traceparent=" + TRACEPARENT + "\n");
        }
    }

    private static Context remote(TraceState state) {
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(TRACE, SPAN, TraceFlags.getSampled(), state)));
    }

    private String published() throws SQLException {
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> outbox.publish(OutboxEvent.of("item", "1", "Added", "{}")));
        return table.row(id).tracingSpanContext();
    }
}
