package io.walpost.relay.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.walpost.relay.Relay;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.SlotInspector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The relay as a service: it runs from the start of the process to its end, with health and metrics around it. */
@ApplicationScoped
public class RelayService {

    private static final Logger LOG = Logger.getLogger(RelayService.class);

    private final SlotMonitor monitor;

    RelayService(SlotMonitor monitor) {
        this.monitor = monitor;
    }

    /** Does not return before the process ends. */
    public static void run(Configuration configuration) throws RelayException {
        Settings settings = configuration.settings();
        configuration.unknownNames().forEach(LOG::warn);
        RelayThread.start(settings);
        Quarkus.run();
    }

    /** A relay that is run by whoever asks for it. */
    public static Relay relay(Settings settings, RelayMetrics metrics) {
        return RelayThread.relay(settings, metrics);
    }

    @Produces
    @Singleton
    static RelayMetrics metrics() {
        return RelayThread.current().metrics();
    }

    @Produces
    @Singleton
    static Settings settings() {
        return RelayThread.current().settings();
    }

    void start(@Observes StartupEvent event) {
        RelayThread relay = RelayThread.current();
        monitor.start(
                new SlotInspector(relay.settings().postgres()), relay.settings().walBudget());
        relay.end().thenAccept(Quarkus::asyncExit);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        monitor.stop();
        RelayThread.current().stop();
    }
}
