package io.walpost.relay.faults;

import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.Lsn;
import io.walpost.relay.publish.Delivery;
import io.walpost.relay.testing.OutboxDatabase;
import java.io.IOException;
import java.time.Duration;

/** PostgreSQL, Kafka, and a relay that reaches both of them through a proxy. */
final class Site implements AutoCloseable {

    /** Below most pauses, so that the server gives up on relays that are frozen or cut off. */
    private static final String WAL_SENDER_TIMEOUT = "3s";

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final LocalPostgres postgres = LocalPostgres.temporary();
    private final TcpProxy databaseLink = new TcpProxy();
    private final TcpProxy kafkaLink = new TcpProxy();
    private final LocalKafka kafka = LocalKafka.behindProxy(kafkaLink.port());
    private final OutboxDatabase database;
    private final RelayProcess relay;
    private Lsn relayFrom = Lsn.ZERO;

    /** @param window the relay's {@code in-flight.events} */
    Site(int window) {
        this(window, Delivery.AT_LEAST_ONCE);
    }

    Site(int window, Delivery delivery) {
        postgres.start();
        kafka.start();
        databaseLink.before(postgres.port());
        kafkaLink.before(kafka.proxiedPort().orElseThrow());
        database = OutboxDatabase.on(postgres, false);
        database.execute(
                "ALTER SYSTEM SET wal_sender_timeout = '" + WAL_SENDER_TIMEOUT + "'", "SELECT pg_reload_conf()");
        relay = new RelayProcess(
                "jdbc:postgresql://127.0.0.1:" + databaseLink.port() + "/" + database.name(),
                postgres.user(),
                postgres.password(),
                database.slot(),
                "127.0.0.1:" + kafkaLink.port(),
                String.valueOf(window),
                delivery.name());
    }

    LocalPostgres postgres() {
        return postgres;
    }

    LocalKafka kafka() {
        return kafka;
    }

    /** Starts the relay, and notes where its slot is before that. */
    void startRelay() {
        relayFrom = database.confirmedFlushLsn();
        relay.start();
    }

    /** Where the slot was before the relay was last started. */
    Lsn relayFrom() {
        return relayFrom;
    }

    RelayProcess relay() {
        return relay;
    }

    TcpProxy databaseLink() {
        return databaseLink;
    }

    TcpProxy kafkaLink() {
        return kafkaLink;
    }

    OutboxDatabase database() {
        return database;
    }

    /** Waits until the relay has published and confirmed all that is committed by now. */
    void caughtUp() {
        Lsn now = database.currentLsn();
        await("the relay has confirmed " + now)
                .atMost(PATIENCE)
                .failFast("the relay ended", () -> !relay.running())
                .until(() -> !now.isAfter(database.confirmedFlushLsn()));
    }

    @Override
    public void close() throws IOException {
        relay.close();
        databaseLink.close();
        kafkaLink.close();
        kafka.close();
        postgres.close();
    }
}
