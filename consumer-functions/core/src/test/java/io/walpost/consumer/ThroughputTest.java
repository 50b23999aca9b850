package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.deadletter.JdbcDeadLetters;
import io.walpost.consumer.deadletter.Ordering;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One consumer thread, PostgreSQL with every durability setting on, and a handler that writes a row for each event. */
@Timeout(120)
class ThroughputTest {

    private static final int WAVE = 200;
    private static final int WARM_UP = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WAVES = 20;
    private static final double REQUIRED_PER_SECOND = 3000;
    private static final String INSERT = "INSERT INTO effect VALUES (?)";

    private static TransactionalDatabase database;

    private long offset;

    @BeforeAll
    static void start() throws SQLException {
        database = new TransactionalDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE walpost_inbox, walpost_dead_letter, effect");
    }

    @Test
    void appliesThreeThousandEffectsASecondOneStatementEach() throws Exception {
        measure("one statement each", new IdempotentConsumer(database.transaction, inbox(), this::apply), 0);
    }

    @Test
    void appliesThreeThousandEffectsASecondAWaveAtATime() throws Exception {
        measure(
                "one JDBC batch a wave",
                new IdempotentConsumer(database.transaction, inbox(), (BatchEffect) this::apply),
                0);
    }

    /** Each wave has to be repeated without the one that fails. */
    @Test
    void appliesAThousandEffectsASecondWithADeadLetterInEachWave() throws Exception {
        BatchHandler handler = new IdempotentConsumer(database.transaction, inbox(), event -> {
            if (event.coordinates().offset() % WAVE == WAVE / 2) {
                throw new UnprocessableEventException("poisonous");
            }
            return apply(event);
        });
        measure("one dead letter a wave", handler, 1);
    }

    private void measure(String what, BatchHandler handler, int lettersPerWave) throws Exception {
        RecordConsumer consumer = new RecordConsumer(
                handler,
                new JdbcDeadLetters(database.dataSource, "test", Ordering.SKIP, Duration.ofSeconds(10)),
                new RetryPolicy(Duration.ofMillis(10), Duration.ofSeconds(1), 3, Duration.ofMinutes(1)),
                new RecordingListener(),
                Clock.systemUTC());
        consume(consumer, WARM_UP);

        // Rounds until one is quick enough: a machine that is busy with something else makes some slow, and a slow
        // inbox all.
        double required = REQUIRED_PER_SECOND / (1 + 2 * lettersPerWave);
        double perSecond = 0;
        int rounds = 0;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (perSecond <= required && System.nanoTime() < end) {
            long began = System.nanoTime();
            consume(consumer, WAVES);
            perSecond = Math.max(perSecond, WAVE * WAVES * 1e9 / (System.nanoTime() - began));
            rounds++;
        }

        System.out.printf("ThroughputTest: %.0f effects/s in waves of %d, %s%n", perSecond, WAVE, what);
        assertThat(database.count("effect")).isEqualTo((WAVE - lettersPerWave) * (WARM_UP + rounds * WAVES));
        assertThat(database.count("walpost_dead_letter")).isEqualTo(lettersPerWave * (WARM_UP + rounds * WAVES));
        assertThat(perSecond).isGreaterThan(required);
    }

    private void consume(RecordConsumer consumer, int waves) {
        for (int wave = 0; wave < waves; wave++) {
            List<IncomingRecord> records = new ArrayList<>(WAVE);
            for (int i = 0; i < WAVE; i++) {
                records.add(Records.event("key-" + i, offset++, UUID.randomUUID()));
            }
            assertThat(consumer.consume(records, new Shutdown())).noneMatch(Outcome.Retry.class::isInstance);
        }
    }

    private static JdbcInbox inbox() {
        return new JdbcInbox(database.dataSource, "test");
    }

    private Outcome apply(ReceivedEvent event) throws SQLException {
        try (Connection connection = database.dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, event.id());
            insert.executeUpdate();
            return new Outcome.Applied();
        }
    }

    private List<Outcome> apply(List<ReceivedEvent> events) throws SQLException {
        try (Connection connection = database.dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (ReceivedEvent event : events) {
                insert.setObject(1, event.id());
                insert.addBatch();
            }
            insert.executeBatch();
            return Collections.nCopies(events.size(), new Outcome.Applied());
        }
    }
}
