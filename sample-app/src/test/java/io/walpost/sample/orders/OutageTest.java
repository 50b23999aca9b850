package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.walpost.localstack.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is gone, frozen or busy: a request is answered in time, and says what it means for the change. */
@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class OutageTest {

    /** The 15 s that the settings are made for, and some for a machine that is busy itself. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(25);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    LocalPostgres postgres;

    private long order;

    @BeforeEach
    void place() {
        order = OrderApi.placeBooks();
    }

    @AfterEach
    void mend() {
        postgres.resume();
        postgres.start();
        await().atMost(PATIENCE).until(() -> OrderApi.get("/orders/" + order).statusCode() == 200);
    }

    @Test
    void answersWhileTheDatabaseIsGone() {
        String before = OrderApi.get("/orders/" + order).asString();

        postgres.kill();

        assertUnreachable(OrderApi.get("/orders/" + order));
        assertUnreachable(OrderApi.cancel(order));
        assertUnreachable(OrderApi.post("/orders", OrderApi.BOOKS));

        postgres.start();

        await().atMost(PATIENCE)
                .until(() -> OrderApi.get("/orders/" + order).asString().equals(before));
    }

    @Test
    void answersWhileTheDatabaseIsFrozen() {
        postgres.pause();

        assertUnreachable(OrderApi.get("/orders/" + order));
        assertUnreachable(OrderApi.addPen(order));

        postgres.resume();

        assertThat(OrderApi.addPen(order).jsonPath().getInt("version")).isEqualTo(2);
    }

    @Test
    void answersWhenTheDatabaseFreezesInTheMiddleOfARequest() throws SQLException {
        try (Connection other = lockedOrder()) {
            CompletableFuture<Response> change = CompletableFuture.supplyAsync(() -> OrderApi.addPen(order));
            await().atMost(PATIENCE).until(() -> waitingForALock(other));

            postgres.pause();

            assertUnreachable(change.join());
            postgres.resume();
        }

        await().atMost(PATIENCE).until(() -> OrderApi.addPen(order).statusCode() == 200);
    }

    @Test
    void answersThatOtherChangesAreInTheWay() throws SQLException {
        try (Connection other = lockedOrder()) {
            Response response = OrderApi.addPen(order);

            assertUnavailable(response, "database-busy", "nothing was changed");
        }

        assertThat(OrderApi.addPen(order).jsonPath().getInt("version")).isEqualTo(2);
    }

    @Test
    void doesNotClaimToKnowWhatBecameOfACommitWithoutAnswer() throws SQLException {
        execute("""
                CREATE FUNCTION end_backend() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER end_backend AFTER UPDATE ON orders DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW EXECUTE FUNCTION end_backend()""");
        try {
            assertUnreachable(OrderApi.addPen(order));
        } finally {
            execute("DROP TRIGGER end_backend ON orders; DROP FUNCTION end_backend()");
        }
    }

    private static void assertUnreachable(Response response) {
        assertUnavailable(response, "database-unreachable", "read the order to see whether it was made");
    }

    private static void assertUnavailable(Response response, String error, String message) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("2");
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(response.jsonPath().getString("error")).isEqualTo(error);
        assertThat(response.jsonPath().getString("message")).contains(message);
        assertThat(Duration.ofMillis(response.time())).isLessThan(ANSWERED_WITHIN);
    }

    private Connection lockedOrder() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM orders WHERE id = " + order + " FOR UPDATE");
        }
        return connection;
    }

    private static boolean waitingForALock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Past the pool of the service. */
    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("orders"), postgres.user(), postgres.password());
    }
}
