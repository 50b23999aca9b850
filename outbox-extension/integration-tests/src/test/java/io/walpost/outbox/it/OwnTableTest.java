package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The extension's defaults for Debezium's settings are only defaults. */
@QuarkusTest
@TestProfile(OwnTable.class)
class OwnTableTest {

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    @Test
    void writesToTheTableThatTheApplicationNames() throws SQLException {
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> outbox.publish(OutboxEvent.of("item", "1", "Added", "{}")));

        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT event_id FROM own_outbox")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getObject(1, UUID.class)).isEqualTo(id);
            assertThat(row.next()).isFalse();
        }
    }
}
