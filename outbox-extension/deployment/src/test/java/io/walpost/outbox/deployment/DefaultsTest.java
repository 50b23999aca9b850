package io.walpost.outbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.outbox.quarkus.internal.EventDispatcher;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxColumns;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that configures nothing for the outbox. */
class DefaultsTest {

    @RegisterExtension
    static final QuarkusUnitTest BUILD = TestApplication.with();

    @Inject
    Outbox outbox;

    @Test
    void mapsTheTableOfTheWireContract() throws IOException {
        assertThat(resource("META-INF/OutboxEvent.hbm.xml"))
                .contains("table=\"" + OutboxColumns.DEFAULT_TABLE + "\"")
                .contains("name=\"" + OutboxColumns.ID + "\"", "sql-type=\"uuid\"")
                .contains("name=\"" + OutboxColumns.AGGREGATE_TYPE + "\"")
                .contains("name=\"" + OutboxColumns.AGGREGATE_ID + "\"")
                .contains("name=\"" + OutboxColumns.TYPE + "\"", "sql-type=\"varchar(255)\"")
                .contains("name=\"" + OutboxColumns.TIMESTAMP + "\"", "sql-type=\"timestamptz\"")
                .contains("name=\"" + OutboxColumns.PAYLOAD + "\"", "sql-type=\"text\"")
                .contains("name=\"" + OutboxColumns.TRACING_SPAN_CONTEXT + "\"", "sql-type=\"varchar(256)\"");
    }

    @Test
    void needsNoOpenTelemetry() {
        assertThat(outbox).isNotNull();
        assertThat(Arc.container().listAll(EventDispatcher.class))
                .extracting(handle -> handle.getBean().getBeanClass().getSimpleName())
                .containsExactly("DefaultEventDispatcher");
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
