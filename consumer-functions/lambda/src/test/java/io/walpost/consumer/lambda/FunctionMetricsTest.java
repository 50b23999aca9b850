package io.walpost.consumer.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.JdbcDeadLetters;
import io.walpost.consumer.deadletter.Ordering;
import io.walpost.localstack.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(120)
class FunctionMetricsTest {

    private static final String CONSUMER = "billing";
    private static final RecordCoordinates PLACE = new RecordCoordinates("outbox.event.order", 0, 1);
    private static final Instant COMMIT = Instant.parse("2026-03-01T12:00:00Z");
    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();

    private final HandSetClock clock = new HandSetClock();
    private final Tally tally = new Tally(clock);
    private final FunctionMetrics metrics = new FunctionMetrics(clock, CONSUMER, tally, new DeadLetterTable(DATABASE));

    @BeforeAll
    static void start() {
        POSTGRES.start();
        DATABASE.setUrl(POSTGRES.jdbcUrl("postgres"));
        DATABASE.setUser(POSTGRES.user());
        DATABASE.setPassword(POSTGRES.password());
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    @BeforeEach
    void createTable() throws IOException, SQLException {
        POSTGRES.start();
        String file = "/db/walpost-dead-letters/R__walpost_dead_letter.sql";
        try (InputStream sql = DeadLetterTable.class.getResourceAsStream(file);
                Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), UTF_8));
            statement.execute("TRUNCATE walpost_dead_letter");
        }
    }

    @Test
    void countsFromOneLineToTheNext() throws IOException {
        Outcome.Retry retry = new Outcome.Retry(new SQLException("locked", "55P03"), Failure.DATABASE_CONFLICT);
        tally.retrying(event(), retry);
        tally.refused(PLACE, new DeadLetterException("the store", "is away", null));
        tally.completed(Optional.of(event()), new Outcome.Duplicate());
        tally.completed(Optional.of(event()), new Outcome.Ignored());
        tally.completed(Optional.of(event()), new Outcome.Parked());
        tally.completed(Optional.empty(), verdict());
        clock.now = COMMIT.plusMillis(250);
        tally.completed(Optional.of(event()), new Outcome.Applied());
        clock.now = COMMIT.minusMillis(5);
        tally.completed(Optional.of(event()), new Outcome.Applied());

        JsonNode line = line(false);

        assertThat(line.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Walpost/Consumer");
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0/0").asText()).isEqualTo("Consumer");
        assertThat(line.get("Consumer").asText()).isEqualTo(CONSUMER);
        assertThat(line.get("Applied").asInt()).isEqualTo(2);
        assertThat(line.get("Duplicates").asInt()).isEqualTo(1);
        assertThat(line.get("Retries").asInt()).isEqualTo(2);
        assertThat(line.get("DeadLetters").asInt()).isEqualTo(1);
        assertThat(line.get("EndToEndLatency").get("Max").asInt()).isEqualTo(250);
        assertThat(line.get("EndToEndLatency").get("Min").asInt())
                .as("two clocks that differ")
                .isZero();

        JsonNode next = line(false);
        assertThat(next.get("Applied").asInt()).isZero();
        assertThat(next.has("EndToEndLatency")).isFalse();
    }

    @Test
    void looksOnceAMinuteWhatWaitsInTheTable() throws Exception {
        JdbcDeadLetters letters = new JdbcDeadLetters(DATABASE, CONSUMER, Ordering.PARK, Duration.ofSeconds(10));
        letters.put(record("a", 1), verdict());
        letters.put(record("b", 2), verdict());
        assertThat(letters.park(record("b", 3))).isTrue();

        JsonNode first = line(true);
        assertThat(first.get("UnresolvedDeadLetters").asInt()).isEqualTo(3);
        assertThat(first.get("ParkedKeys").asInt()).isEqualTo(2);
        assertThat(first.get("OldestDeadLetterSeconds").asDouble()).isBetween(0.0, 120.0);

        clock.now = clock.now.plusSeconds(59);
        assertThat(line(true).has("ParkedKeys")).isFalse();
        clock.now = clock.now.plusSeconds(1);
        assertThat(line(false).has("ParkedKeys")).as("without time for it").isFalse();
        assertThat(line(true).has("ParkedKeys")).isTrue();
    }

    @Test
    void leavesOutWhatTheDatabaseDoesNotSay() throws IOException {
        POSTGRES.kill();

        JsonNode line = line(true);

        assertThat(line.has("ParkedKeys")).isFalse();
        assertThat(line.get("Applied").asInt()).isZero();
    }

    @Test
    void leavesItOutTooIfThereIsNoPasswordToAskWith() {
        PGSimpleDataSource locked = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() {
                throw CredentialsUnavailableException.misconfigured(new IllegalArgumentException("no such secret"));
            }
        };
        FunctionMetrics unable = new FunctionMetrics(clock, CONSUMER, tally, new DeadLetterTable(locked));

        assertThat(unable.line(true).toString()).contains("\"Applied\"").doesNotContain("ParkedKeys");
    }

    private JsonNode line(boolean hasTime) throws IOException {
        return Json.MAPPER.readTree(metrics.line(hasTime).toString());
    }

    private static Outcome.DeadLetter verdict() {
        return new Outcome.DeadLetter(new IllegalStateException("unknown"), Failure.UNKNOWN);
    }

    private static IncomingRecord record(String key, long offset) {
        return new IncomingRecord(
                new RecordCoordinates(PLACE.topic(), PLACE.partition(), offset),
                key.getBytes(UTF_8),
                List.of(),
                "{}".getBytes(UTF_8));
    }

    private static ReceivedEvent event() {
        return new ReceivedEvent(
                PLACE,
                UUID.randomUUID(),
                "order",
                "42",
                Optional.of("OrderPlaced"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(COMMIT),
                new byte[0],
                Optional.empty());
    }

    private static final class HandSetClock extends Clock {

        private Instant now = COMMIT;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
