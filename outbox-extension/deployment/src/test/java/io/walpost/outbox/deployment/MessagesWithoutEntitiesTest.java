package io.walpost.outbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.walpost.localstack.quarkus.PostgresResource;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application without an entity and without a table, read through a publication without a table. */
@QuarkusTestResource(PostgresResource.class)
class MessagesWithoutEntitiesTest {

    @RegisterExtension
    static final QuarkusUnitTest BUILD = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(MessagesWithoutEntitiesTest.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.datasource.db-kind", "postgresql")
            .overrideConfigKey("walpost.outbox.mode", "message")
            .overrideConfigKey("walpost.outbox.message-prefix", "shop.outbox");

    /** The kind of message is its first byte; a logical message has its prefix after flags and LSN, ended by a zero. */
    private static final String MESSAGES = """
            SELECT convert_from(substring(data FROM 11 FOR position('\\x00'::bytea IN substring(data FROM 11)) - 1), 'UTF8'),
                   position(convert_to('"type":"Booked"', 'UTF8') IN data) > 0
            FROM pg_logical_slot_peek_binary_changes('messages', NULL, NULL,
                     'proto_version', '1', 'publication_names', 'nothing', 'messages', 'true')
            WHERE substring(data FOR 1) = convert_to('M', 'UTF8')""";

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    @Inject
    EntityManagerFactory entityManagerFactory;

    @Test
    void publishesUnderTheConfiguredPrefix() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE PUBLICATION nothing");
            statement.execute("SELECT pg_create_logical_replication_slot('messages', 'pgoutput', true)");
            QuarkusTransaction.requiringNew().run(() -> outbox.publish(OutboxEvent.of("payment", "7", "Booked", "{}")));

            assertThat(rows(statement, MESSAGES)).containsExactly("shop.outbox t");
        }
    }

    @Test
    void mapsNoTable() {
        assertThat(entityManagerFactory.getMetamodel().getEntities()).isEmpty();
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1) + " " + row.getString(2));
            }
        }
        return rows;
    }
}
