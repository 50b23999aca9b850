package io.walpost.relay.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.walpost.relay.ManualStop;
import io.walpost.relay.Relay;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelaySessionFactory;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.KafkaEventPublisher;
import io.walpost.relay.replication.PgReplicationSource;
import io.walpost.relay.replication.SlotInspector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Runs the relay on a thread of its own, from the start of the process to its end. */
@ApplicationScoped
class RelayService {

    private static final Logger LOG = Logger.getLogger(RelayService.class);

    /** How much longer than the drain a stop may take: opening a stream cannot be interrupted. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

    private final RelayConfig config;
    private final KafkaProperties kafka;
    private final RelayMetrics metrics;
    private final SlotMonitor monitor;
    private final ManualStop stop = new ManualStop();
    private Thread thread;

    RelayService(RelayConfig config, KafkaProperties kafka, RelayMetrics metrics, SlotMonitor monitor) {
        this.config = config;
        this.kafka = kafka;
        this.metrics = metrics;
        this.monitor = monitor;
    }

    void start(@Observes StartupEvent event) {
        Settings settings;
        try {
            settings = Settings.of(config, kafka.all());
        } catch (IllegalArgumentException e) {
            LOG.error("The relay cannot start. " + e.getMessage());
            Quarkus.asyncExit(ExitCode.CONFIGURATION);
            return;
        }
        Relay relay = new Relay(
                new PgReplicationSource(settings.postgres()),
                new RelaySessionFactory(
                        KafkaEventPublisher.factory(settings.producer()),
                        settings.postgres().capture(),
                        settings.routing(),
                        settings.relay(),
                        metrics),
                settings.relay(),
                metrics);
        LOG.infof(
                "Relaying %s through slot %s",
                settings.postgres().capture().description(), settings.postgres().slot());
        monitor.start(new SlotInspector(settings.postgres()));
        thread = Thread.ofPlatform().name("relay").start(() -> run(relay));
    }

    private void run(Relay relay) {
        try {
            relay.run(stop);
            LOG.infof("The relay stopped; %s is confirmed", metrics.confirmedLsn());
        } catch (RelayException e) {
            LOG.errorf(
                    "The relay ended: %s [%s]. %s",
                    e.getMessage(), e.kind().label(), e.kind().hint());
            Quarkus.asyncExit(ExitCode.of(e.kind()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("The relay was interrupted");
            Quarkus.asyncExit(ExitCode.FAILURE);
        } catch (Throwable e) {
            LOG.error("The relay ended by a defect; please report it", e);
            Quarkus.asyncExit(ExitCode.FAILURE);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop.request();
        monitor.stop();
        if (thread != null && !thread.join(config.drainTimeout().plus(STOP_MARGIN))) {
            LOG.warn("The relay did not stop in time; what it did not confirm will be published again");
        }
    }
}
