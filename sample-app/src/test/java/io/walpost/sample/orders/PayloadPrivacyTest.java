package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a customer sent is in the tables and in the event, and nowhere else. */
@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class PayloadPrivacyTest {

    @Inject
    DataSource dataSource;

    @BeforeEach
    void constrain() throws SQLException {
        execute("ALTER TABLE outboxevent ADD CONSTRAINT nobody CHECK (payload NOT LIKE '%Grace Hopper%')");
    }

    @AfterEach
    void relax() throws SQLException {
        execute("ALTER TABLE outboxevent DROP CONSTRAINT nobody");
    }

    @Test
    void quotesNoRowThatTheDatabaseRefuses() {
        try (LogLines log = new LogLines()) {
            Response response = OrderApi.post("/orders", OrderApi.BOOKS.replace("ada", "Grace Hopper"));

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.asString()).contains("internal-error").doesNotContain("Grace");
            assertThat(log.text()).contains("nobody").doesNotContain("Grace");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
