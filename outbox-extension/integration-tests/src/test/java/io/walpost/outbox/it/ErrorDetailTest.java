package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL's DETAIL quotes the row that it refuses; an event's payload would be in it. */
@QuarkusTest
@TestProfile(Postgres.class)
class ErrorDetailTest {

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void constrain() throws SQLException {
        execute("ALTER TABLE outboxevent ADD CONSTRAINT unclassified CHECK (payload <> 'secret')");
    }

    @AfterEach
    void relax() throws SQLException {
        execute("ALTER TABLE outboxevent DROP CONSTRAINT unclassified");
    }

    @Test
    void keepsThePayloadOutOfExceptionAndLog() {
        try (LogLines log = new LogLines()) {
            Throwable refusal = catchThrowable(() -> QuarkusTransaction.requiringNew()
                    .run(() -> outbox.publish(OutboxEvent.of("item", "person@example.org", "Added", "secret"))));

            assertThat(text(refusal)).contains("unclassified").doesNotContain("secret", "person@example.org");
            assertThat(log.text()).contains("unclassified").doesNotContain("secret", "person@example.org");
        }
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
