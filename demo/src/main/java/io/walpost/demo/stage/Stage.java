package io.walpost.demo.stage;

import io.walpost.localstack.LocalServer;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The servers, the order service, the relay and the consumers, each a process that can be killed and started again.
 * Closing the stage ends whatever of it runs, in the reverse order; the data folder stays.
 */
public final class Stage implements AutoCloseable {

    /** Where the orders' events arrive. */
    public static final String TOPIC = EventTopics.of("order");

    private static final int PARTITIONS = 3;

    private final Installation installation;
    private final StageFolder folder;
    private final Ports ports;
    private final StagePlan plan;
    private final StageListener listener;
    private final Servers servers;
    private final Databases databases;
    private final ServiceProcess orders;
    private final ServiceProcess relay;
    private final Map<ConsumerFunction, ServiceProcess> consumers = new EnumMap<>(ConsumerFunction.class);

    public Stage(Installation installation, StageFolder folder, Ports ports, StagePlan plan, StageListener listener) {
        this.installation = installation;
        this.folder = folder;
        this.ports = ports;
        this.plan = plan;
        this.listener = listener;
        this.servers = new Servers(plan, folder, ports);
        this.databases = new Databases(servers);
        this.orders = new ServiceProcess(
                ServiceProcess.ORDERS,
                installation.orders(),
                ports.orders(),
                ServiceSettings.and(
                        ServiceSettings.database(databases.ordersUrl(), Databases.ORDERS),
                        ServiceSettings.ordersExtras(plan, servers)),
                folder.log("order-service"));
        this.relay = new ServiceProcess(
                ServiceProcess.RELAY,
                installation.relay(),
                ports.relay(),
                ServiceSettings.and(
                        Map.of("KAFKA_BOOTSTRAP_SERVERS", servers.kafka().bootstrapServers()),
                        ServiceSettings.relay(databases.ordersUrl())),
                folder.log("relay"));
        plan.functions().forEach(function -> consumers.put(function, instance(function, "", ports.of(function))));
    }

    private ServiceProcess instance(ConsumerFunction function, String suffix, int port) {
        return new ServiceProcess(
                function.label() + suffix,
                installation.program(function),
                port,
                ServiceSettings.consumer(function, plan, servers, databases),
                folder.log(function.label() + suffix));
    }

    /** One instance more of a consumer, in the same group. Who starts it ends it. */
    public ServiceProcess another(ConsumerFunction function, int port) {
        return instance(function, "-" + port, port);
    }

    /**
     * Starts everything, on an empty folder.
     *
     * @throws DemoException if a part cannot start
     * @throws io.walpost.localstack.LocalStackException if a server cannot start
     */
    public void start() throws InterruptedException {
        folder.clear();
        ports.requireFree(plan);
        CountDownLatch prepared = new CountDownLatch(1);
        List<Parallel.Task> tasks = new ArrayList<>();
        tasks.add(() -> startCore(prepared));
        if (plan.has(ConsumerFunction.CACHE_INVALIDATION)) {
            tasks.add(() -> startCache(prepared));
        }
        if (plan.has(ConsumerFunction.SEARCH)) {
            tasks.add(() -> startSearch(prepared));
        }
        Parallel.run(tasks);
    }

    /** All that there is in every plan, and billing. */
    private void startCore(CountDownLatch prepared) throws InterruptedException {
        List<Parallel.Task> first = new ArrayList<>();
        servers.databases().forEach(server -> first.add(() -> start(server)));
        first.add(this::startKafka);
        Parallel.run(first);
        databases.create(plan.functions());
        prepared.countDown();
        List<Parallel.Task> services = new ArrayList<>();
        services.add(() -> {
            start(orders);
            databases.prepareForRelay();
            start(relay);
        });
        if (plan.has(ConsumerFunction.BILLING)) {
            services.add(() -> start(consumer(ConsumerFunction.BILLING)));
        }
        Parallel.run(services);
    }

    private void startKafka() {
        start(servers.kafka());
        servers.kafka().createTopic(TOPIC, PARTITIONS);
        plan.functions().forEach(function -> servers.kafka().createTopic(function.deadLetterTopic(), 1));
    }

    private void startCache(CountDownLatch prepared) throws InterruptedException {
        start(servers.redis());
        prepared.await();
        start(consumer(ConsumerFunction.CACHE_INVALIDATION));
    }

    private void startSearch(CountDownLatch prepared) throws InterruptedException {
        start(servers.openSearch());
        makeIndex();
        prepared.await();
        start(consumer(ConsumerFunction.SEARCH));
    }

    /** As a user does: {@code ./walpost index create}. */
    private void makeIndex() throws InterruptedException {
        Instant began = Instant.now();
        ServiceCommand made = consumer(ConsumerFunction.SEARCH).run("index", "create");
        if (made.exitCode() != 0) {
            throw new DemoException(
                    "The search index could not be made: " + made.errors().strip());
        }
        listener.ready("search index", "made by index create", Duration.between(began, Instant.now()));
    }

    private void start(LocalServer server) {
        Instant began = Instant.now();
        server.start();
        server.pid().ifPresent(folder::note);
        listener.ready(server.name(), "port " + server.port(), Duration.between(began, Instant.now()));
    }

    private void start(ServiceProcess service) throws InterruptedException {
        Instant began = Instant.now();
        service.start();
        folder.note(service.pid());
        listener.ready(service.name(), "port " + service.port(), Duration.between(began, Instant.now()));
    }

    /** @throws DemoException if a part that was started has ended by itself */
    public void requireRunning() {
        for (LocalServer server : servers.all()) {
            if (!server.running()) {
                throw new DemoException(server.name() + " has ended. Its log is in " + server.dataFolder() + ".");
            }
        }
        orders.requireRunning();
        relay.requireRunning();
        consumers.values().forEach(ServiceProcess::requireRunning);
    }

    public Servers servers() {
        return servers;
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

    /** The stage's own instance of a consumer that is in its plan. */
    public ServiceProcess consumer(ConsumerFunction function) {
        return consumers.get(function);
    }

    /** The consumers that are in its plan, in their order. */
    public Collection<ConsumerFunction> functions() {
        return consumers.keySet();
    }

    /** Ends everything, even if the calling thread is interrupted. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            // The relay first: it still publishes what it has read, and confirms it.
            relay.close();
            List<Parallel.Task> services = new ArrayList<>();
            services.add(orders::close);
            consumers.values().forEach(consumer -> services.add(consumer::close));
            Parallel.run(services);
            Parallel.run(servers.all().stream()
                    .map(server -> (Parallel.Task) server::close)
                    .toList());
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
