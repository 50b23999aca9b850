package io.walpost.relay.service;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Asks the server every few seconds how much log the slot holds back. */
@ApplicationScoped
class SlotMonitor {

    private static final Logger LOG = Logger.getLogger(SlotMonitor.class);
    private static final long INTERVAL_SECONDS = 5;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("slot-monitor").factory());

    private volatile SlotStatus status;

    void start(SlotInspector inspector) {
        executor.scheduleWithFixedDelay(() -> look(inspector), 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    private void look(SlotInspector inspector) {
        try {
            status = inspector.inspect();
        } catch (RelayException e) {
            // The relay itself meets the same trouble, says so, and says what to do; here it only means "not known".
            LOG.debug("The slot cannot be inspected", e);
            status = null;
        } catch (RuntimeException e) {
            LOG.error("Inspecting the slot failed by a defect; please report it", e);
            status = null;
        }
    }

    /** The slot as of a few seconds ago; empty if the server cannot be asked. */
    Optional<SlotStatus> status() {
        return Optional.ofNullable(status);
    }

    void stop() {
        executor.shutdownNow();
    }
}
