package io.walpost.relay.service;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.replication.SlotVerdict;
import io.walpost.relay.replication.WalBudget;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Asks the server every few seconds how much log the slot holds back, and says so when it is too much. */
@ApplicationScoped
class SlotMonitor {

    private static final Logger LOG = Logger.getLogger(SlotMonitor.class);
    private static final long INTERVAL_SECONDS = 5;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("slot-monitor").factory());

    private volatile View view;

    /** What was said last; the executor's thread only. */
    private SlotVerdict said = new SlotVerdict.WithinBudget();

    void start(SlotInspector inspector, WalBudget budget) {
        executor.scheduleWithFixedDelay(() -> look(inspector, budget), 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    private void look(SlotInspector inspector, WalBudget budget) {
        try {
            SlotStatus status = inspector.inspect();
            view = new View(status, budget.verdict(status));
            say(view.verdict());
        } catch (RelayException e) {
            // The relay itself meets the same trouble, says so, and says what to do; here it only means "not known".
            LOG.debug("The slot cannot be inspected", e);
            view = null;
        } catch (RuntimeException e) {
            LOG.error("Inspecting the slot failed by a defect; please report it", e);
            view = null;
        }
    }

    /** Once when it changes, and not as long as it lasts. */
    private void say(SlotVerdict verdict) {
        if (verdict.label().equals(said.label())) {
            return;
        }
        said = verdict;
        String text = verdict.meaning() + (verdict.hint().isEmpty() ? "" : " " + verdict.hint());
        if (verdict.isAlarming()) {
            LOG.error(text);
        } else if (verdict instanceof SlotVerdict.NearBudget) {
            LOG.warn(text);
        } else {
            LOG.info(text);
        }
    }

    /** The slot as of a few seconds ago; empty if the server cannot be asked. */
    Optional<SlotStatus> status() {
        return Optional.ofNullable(view).map(View::status);
    }

    /** How it stood to its budget then. */
    Optional<SlotVerdict> verdict() {
        return Optional.ofNullable(view).map(View::verdict);
    }

    void stop() {
        executor.shutdownNow();
    }

    private record View(SlotStatus status, SlotVerdict verdict) {}
}
