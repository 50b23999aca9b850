package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.replication.SlotVerdict;
import io.walpost.relay.replication.WalBudget;
import io.walpost.relay.replication.WalStatus;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A slot that is given up, dropped or made anew ends the relay with the gap named, on a real PostgreSQL. */
class SlotCareTest {

    private static final WalBudget BUDGET = new WalBudget(1L << 30);
    private static final RelaySettings SHORT_DRAIN = new RelaySettings(
            5_000,
            16L << 20,
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofMinutes(2),
            Duration.ofMillis(50),
            Duration.ofMillis(200));

    private final OutboxDatabase database = OutboxDatabase.prepared();

    @AfterEach
    void close() {
        database.execute("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        database.close();
    }

    private SlotStatus status() throws RelayException {
        try (SlotInspector inspector = new SlotInspector(database.settings())) {
            return inspector.inspect();
        }
    }

    /** Has the server give up every slot that needs more than the last segment of the log. */
    private void loseSlots() {
        // The next one, which would remove the log, is minutes away then.
        database.execute("CHECKPOINT");
        database.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
        await().until(() -> "1MB".equals(database.query("SHOW max_slot_wal_keep_size")));
        for (int segment = 0; segment < 3; segment++) {
            database.execute("INSERT INTO other (body) VALUES ('x')", "SELECT pg_switch_wal()");
        }
        database.execute("CHECKPOINT");
    }

    /** Accepts everything, and acknowledges nothing. */
    private static EventPublisher silent() {
        return new EventPublisher() {
            @Override
            public boolean offer(RoutedEvent event, long sequence) {
                return true;
            }

            @Override
            public void close() {
                // There is nothing to give up.
            }
        };
    }

    @Test
    void endsWhenTheServerGivesTheSlotUpInMidStream() throws RelayException {
        Instant before = Instant.now().minusSeconds(1);
        Lsn confirmed = database.confirmedFlushLsn();
        try (TopicReader topic = new TopicReader("outbox.event.order")) {
            RunningRelay relay = RunningRelay.on(database, SHORT_DRAIN, real -> (history, acknowledgements) -> silent())
                    .streaming();
            database.publish("order", "1", "never acknowledged");
            await().until(() -> relay.metrics().inFlightEvents() == 1);
            Lsn reached = relay.metrics().confirmedLsn();
            loseSlots();

            RelayException failure = relay.failure();
            assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_LOST);
            assertThat(failure)
                    .hasMessageContaining(database.slot() + " is lost")
                    .hasMessageContaining("wal_removed")
                    .hasMessageContaining("committed between " + reached + " and ")
                    .hasMessageContaining("since 20");
            assertThat(reached).isGreaterThanOrEqualTo(confirmed);
            assertThat(relay.metrics().state()).isEqualTo(RelayState.FAILED);
        }
        SlotStatus lost = status();
        assertThat(lost.walStatus()).isEqualTo(WalStatus.LOST);
        assertThat(lost.invalidationReason()).contains("wal_removed");
        assertThat(lost.inactiveSince()).get().satisfies(time -> assertThat(time)
                .isAfter(before));
        assertThat(lost.retainedBytes()).isEmpty();
        assertThat(BUDGET.verdict(lost)).isEqualTo(new SlotVerdict.Lost());
    }

    @Test
    void doesNotStartOnASlotThatWasLostWhileNobodyReadIt() {
        Lsn confirmed = database.confirmedFlushLsn();
        loseSlots();
        RelayException failure = RunningRelay.on(database).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_LOST);
        assertThat(failure).hasMessageContaining("committed between " + confirmed + " and ");
    }

    @Test
    void seesTheSlotBeingLostBeforeItIs() throws RelayException {
        // The next one, which would remove the log, is minutes away then.
        database.execute("CHECKPOINT");
        database.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
        await().until(() -> "1MB".equals(database.query("SHOW max_slot_wal_keep_size")));
        assertThat(status().safeBytes()).isPresent();
        for (int segment = 0; segment < 3; segment++) {
            database.execute("INSERT INTO other (body) VALUES ('x')", "SELECT pg_switch_wal()");
        }
        assertThat(BUDGET.verdict(status())).isEqualTo(new SlotVerdict.BeingLost());
    }

    @Test
    void endsWhenTheSlotWasDroppedAndMadeAnew() throws Exception {
        RunningRelay relay = RunningRelay.on(database).streaming();
        database.publish("order", "1", "published");
        await().until(() -> relay.metrics().events() == 1);
        try (Connection inside = database.connect();
                Statement statement = inside.createStatement()) {
            allowConnections(false);
            try {
                statement.execute("SELECT pg_terminate_backend(" + walsender(statement) + ")");
                await().until(() -> walsender(statement) == null);
                statement.execute("SELECT pg_drop_replication_slot('" + database.slot() + "')");
                OutboxDatabase.insert(inside, "order", "1", "in the gap");
                statement.execute("SELECT pg_create_logical_replication_slot('" + database.slot() + "', 'pgoutput')");
            } finally {
                allowConnections(true);
            }
        }
        RelayException failure = relay.failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_LOST);
        assertThat(failure)
                .hasMessageContaining("made anew or advanced")
                .hasMessageContaining(" and " + database.confirmedFlushLsn() + " (");
    }

    private String walsender(Statement statement) throws SQLException {
        try (var row = statement.executeQuery(
                "SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + database.slot() + "'")) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Keeps the relay out for a while. */
    private void allowConnections(boolean allowed) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        RealSystems.postgres().jdbcUrl("postgres"),
                        RealSystems.postgres().user(),
                        RealSystems.postgres().password());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS " + allowed);
        }
    }

    @Test
    void advancesTheSlotOfAnIdleOutboxRightFromItsStart() throws RelayException {
        for (int row = 0; row < 20; row++) {
            database.execute("INSERT INTO other (body) VALUES (repeat('x', 5000))");
        }
        Lsn target = database.currentLsn();
        Lsn restart = restartLsn();
        assertThat(database.confirmedFlushLsn()).isLessThan(target);
        try (RunningRelay relay = RunningRelay.on(database)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> database.confirmedFlushLsn().compareTo(target) >= 0);
            // The server moves restart_lsn to where it last noted the running transactions, if all after is confirmed.
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                database.execute("INSERT INTO other (body) VALUES ('x')", "SELECT pg_log_standby_snapshot()");
                return restartLsn().compareTo(target) >= 0;
            });
            assertThat(relay.metrics().events()).isZero();
        }
        assertThat(restartLsn()).isGreaterThan(restart);
        assertThat(status().retainedBytes().orElseThrow()).isLessThan(1 << 20);
    }

    private Lsn restartLsn() {
        return Lsn.parse(database.query(
                "SELECT restart_lsn FROM pg_replication_slots WHERE slot_name = '" + database.slot() + "'"));
    }
}
