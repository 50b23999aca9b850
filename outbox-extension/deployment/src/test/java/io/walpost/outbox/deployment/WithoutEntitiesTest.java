package io.walpost.outbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.walpost.localstack.quarkus.PostgresResource;
import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that writes its data with plain JDBC and its outbox table with the SQL from the jar. */
@QuarkusTestResource(PostgresResource.class)
class WithoutEntitiesTest {

    @RegisterExtension
    static final QuarkusUnitTest BUILD = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(PaymentReceived.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.datasource.db-kind", "postgresql")
            .overrideConfigKey("quarkus.debezium-outbox.remove-after-insert", "false");

    @AggregateEvent(aggregateType = "payment")
    record PaymentReceived(@AggregateId int paymentId, String from) {}

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    @Test
    void publishesWithTheDataThatWasWrittenWithJdbc() throws SQLException, IOException {
        execute(migration());
        execute("CREATE TABLE payment (id integer PRIMARY KEY)");

        QuarkusTransaction.requiringNew().run(() -> {
            executeUnchecked("INSERT INTO payment VALUES (7)");
            outbox.publish(new PaymentReceived(7, "ada"));
            outbox.publish(OutboxEvent.of("payment", "7", "PaymentBooked", "booked"));
        });

        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT aggregatetype || ' ' || aggregateid || ' ' || type || ' '"
                                + " || payload FROM outboxevent e JOIN payment p ON e.xmin = p.xmin ORDER BY type")) {
            List<String> events = new ArrayList<>();
            while (row.next()) {
                events.add(row.getString(1));
            }
            assertThat(events)
                    .containsExactly(
                            "payment 7 PaymentBooked booked",
                            "payment 7 PaymentReceived {\"paymentId\":7,\"from\":\"ada\"}");
        }
    }

    private void executeUnchecked(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String migration() throws IOException {
        try (InputStream sql = Outbox.class.getResourceAsStream("/db/walpost/R__walpost_outbox.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
