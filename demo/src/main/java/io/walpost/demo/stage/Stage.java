package io.walpost.demo.stage;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.LocalServer;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL, Kafka, the order service, the relay and billing, each a process that can be killed and started again.
 * Closing the stage ends whatever of it runs, in the reverse order; the data folder stays.
 */
public final class Stage implements AutoCloseable {

    /** Where the orders' events arrive. */
    public static final String TOPIC = EventTopics.of("order");

    /** The consumer group of billing. */
    public static final String BILLING_GROUP = "billing";

    private static final String DEAD_LETTERS = "billing.dead-letter";
    private static final int PARTITIONS = 3;

    private final Ports ports;
    private final StageFolder folder;
    private final StageListener listener;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final Databases databases;
    private final ServiceProcess orders;
    private final ServiceProcess relay;
    private final ServiceProcess billing;

    public Stage(Installation installation, StageFolder folder, Ports ports, StageListener listener) {
        this.ports = ports;
        this.folder = folder;
        this.listener = listener;
        this.postgres = LocalPostgres.at(folder.postgres(), ports.postgres());
        this.kafka = LocalKafka.at(folder.kafka(), ports.kafka());
        this.databases = new Databases(postgres);
        Map<String, String> brokers = Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        this.orders = new ServiceProcess(
                ServiceProcess.ORDERS,
                installation.orders(),
                ports.orders(),
                ServiceSettings.database(databases.ordersUrl(), Databases.ORDERS),
                folder.log("order-service"));
        this.relay = new ServiceProcess(
                ServiceProcess.RELAY,
                installation.relay(),
                ports.relay(),
                ServiceSettings.and(brokers, ServiceSettings.relay(databases.ordersUrl())),
                folder.log("relay"));
        this.billing = new ServiceProcess(
                ServiceProcess.BILLING,
                installation.billing(),
                ports.billing(),
                ServiceSettings.and(brokers, ServiceSettings.database(databases.billingUrl(), Databases.BILLING)),
                folder.log("billing"));
    }

    /**
     * Starts everything, on an empty folder.
     *
     * @throws DemoException if a part cannot start
     * @throws io.walpost.localstack.LocalStackException if a server cannot start
     */
    public void start() throws InterruptedException {
        folder.clear();
        ports.requireFree();
        Parallel.run(List.of(() -> start(postgres), () -> start(kafka)));
        kafka.createTopic(TOPIC, PARTITIONS);
        kafka.createTopic(DEAD_LETTERS, 1);
        databases.create();
        Parallel.run(List.of(() -> start(orders), () -> start(billing)));
        databases.prepareForRelay();
        start(relay);
    }

    private void start(LocalServer server) {
        Instant began = Instant.now();
        server.start();
        server.pid().ifPresent(folder::note);
        listener.started(server.name(), server.port(), Duration.between(began, Instant.now()));
    }

    private void start(ServiceProcess service) throws InterruptedException {
        Instant began = Instant.now();
        service.start();
        folder.note(service.pid());
        listener.started(service.name(), service.port(), Duration.between(began, Instant.now()));
    }

    /** @throws DemoException if a part that was started has ended by itself */
    public void requireRunning() {
        for (LocalServer server : List.of(postgres, kafka)) {
            if (!server.running()) {
                throw new DemoException(server.name() + " has ended. Its log is in " + server.dataFolder() + ".");
            }
        }
        List.of(orders, relay, billing).forEach(ServiceProcess::requireRunning);
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public LocalKafka kafka() {
        return kafka;
    }

    public Databases databases() {
        return databases;
    }

    public ServiceProcess orders() {
        return orders;
    }

    public ServiceProcess relay() {
        return relay;
    }

    public ServiceProcess billing() {
        return billing;
    }

    /** Ends everything, even if the calling thread is interrupted. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            // The relay first: it still publishes what it has read, and confirms it.
            relay.close();
            Parallel.run(List.of(billing::close, orders::close));
            Parallel.run(List.of(kafka::close, postgres::close));
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            folder.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
