package io.walpost.relay.service;

import io.walpost.outbox.Lsn;
import io.walpost.relay.ManualStop;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.RelayAssembly;
import io.walpost.relay.runtime.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * The relay of this process, on a thread of its own. It is started before Quarkus, which takes as long to bring health
 * and metrics up as the relay does to publish its first event.
 */
final class RelayThread implements Occupation {

    private static final Logger LOG = Logger.getLogger(RelayThread.class);

    /** How much longer than the drain a stop may take: opening a stream cannot be interrupted. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());
    private final ManualStop stop = new ManualStop();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Thread thread;

    private RelayThread(Settings settings) {
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("relay").unstarted(this::run);
    }

    static RelayThread start(Settings settings) {
        LOG.infof(
                "Relaying %s through slot %s",
                settings.postgres().capture().description(), settings.postgres().slot());
        RelayThread relay = new RelayThread(settings);
        relay.thread.start();
        return relay;
    }

    private void run() {
        try {
            RelayAssembly.relay(settings, metrics).run(stop);
            LOG.infof(
                    "The relay stopped; %s is confirmed",
                    metrics.confirmedLsn().equals(Lsn.ZERO) ? "nothing" : metrics.confirmedLsn());
        } catch (RelayException e) {
            LOG.errorf("The relay ended: %s [%s]. %s", e.getMessage(), e.kind().label(), e.hint());
            end.complete(ExitCode.of(e.kind()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("The relay was interrupted");
            end.complete(ExitCode.FAILURE);
        } catch (Throwable e) {
            LOG.error("The relay ended by a defect; please report it", e);
            end.complete(ExitCode.FAILURE);
        }
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public RelayMetrics metrics() {
        return metrics;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public CompletableFuture<Integer> end() {
        return end;
    }

    @Override
    public void stop() throws InterruptedException {
        stop.request();
        if (!thread.join(settings.relay().drainTimeout().plus(STOP_MARGIN))) {
            LOG.warn("The relay did not stop in time; what it did not confirm will be published again");
        }
    }
}
