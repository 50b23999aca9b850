package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
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
    void writesTheActiveSpan() throws Exception {
        Span span = tracer.spanBuilder("placing").startSpan();
        SpanContext context = span.getSpanContext();
        assertThat(context.isValid()).isTrue();

        String column = publishedIn(Context.current().with(span));

        assertThat(column)
                .isEqualTo("traceparent=00-%s-%s-%s\n"
                        .formatted(
                                context.getTraceId(),
                                context.getSpanId(),
                                context.getTraceFlags().asHex()));
        span.end();
    }

    @Test
    void writesNothingWithoutASpan() throws Exception {
        assertThat(publishedIn(Context.root())).isNull();
    }

    @Test
    void keepsTheTraceparentNextToTracestateAndBaggage() throws Exception {
        TraceState state = TraceState.builder().put("vendor", "a:b c\\d").build();
        Baggage baggage = Baggage.builder().put("user", "ada").build();

        Properties column = new Properties();
        column.load(new StringReader(publishedIn(remote(state).with(baggage))));

        assertThat(column).containsOnlyKeys("traceparent", "tracestate");
        assertThat(column).containsEntry("traceparent", TRACEPARENT).containsEntry("tracestate", "vendor=a:b c\\d");
    }

    @Test
    void dropsATracestateThatDoesNotFitItsColumn() throws Exception {
        TraceState state = TraceState.builder().put("vendor", "x".repeat(250)).build();

        assertThat(publishedIn(remote(state))).isEqualTo("traceparent=" + TRACEPARENT + "\n");
    }

    private static Context remote(TraceState state) {
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(TRACE, SPAN, TraceFlags.getSampled(), state)));
    }

    private String publishedIn(Context context) throws Exception {
        return context.wrap((Callable<String>) this::published).call();
    }

    private String published() throws SQLException {
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> outbox.publish(OutboxEvent.of("item", "1", "Added", "{}")));
        return table.row(id).tracingSpanContext();
    }
}
