package io.walpost.relay.service.endpoint;

import io.walpost.relay.RelayMetrics;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Drain;
import io.walpost.relay.runtime.DrainReport;
import io.walpost.relay.runtime.Settings;
import io.walpost.relay.service.Occupation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Lets one drain run at a time, each on a thread of its own, and ends it in good order with the process. */
final class DrainDesk implements Occupation {

    private static final Logger LOG = Logger.getLogger(DrainDesk.class);

    /** How much longer than the drain's own end a stop may take: opening a stream cannot be interrupted. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Duration limit;
    private final List<Gate> gates;
    private final RelayMetrics none = new RelayMetrics(Clock.systemUTC());
    private final Semaphore place = new Semaphore(1);

    private volatile boolean stopping;
    private volatile Drain running;

    /** @param limit the longest that one drain may take */
    DrainDesk(Settings settings, Duration limit, List<Gate> gates) {
        this.settings = settings;
        this.limit = limit;
        this.gates = gates;
    }

    /** Whether the bearer of this token may ask; it may take a while to find out. */
    boolean admits(String token) {
        return gates.stream().anyMatch(gate -> gate.admits(token));
    }

    /** Returns at once; the answer comes at once if a drain runs already, and otherwise when this one has ended. */
    void drain(Consumer<DrainAnswer> answer) {
        if (!place.tryAcquire()) {
            answer.accept(DrainAnswer.alreadyDraining());
            return;
        }
        Thread.ofPlatform().name("drain").start(() -> {
            DrainAnswer result = DrainAnswer.defect();
            try {
                result = run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                LOG.error("The drain ended by a defect; please report it", e);
            } finally {
                running = null;
                place.release();
                answer.accept(result);
            }
        });
    }

    private DrainAnswer run() throws InterruptedException {
        try {
            Drain drain = Drain.begin(settings, Optional.of(limit));
            running = drain;
            if (stopping) {
                // Whoever stops may have found nothing to interrupt.
                return DrainAnswer.stopping();
            }
            DrainReport report = drain.run();
            LOG.infof(
                    "%s slot %s from %s to %s: %d events",
                    report.reached() ? "Drained" : "Did not drain all of",
                    report.slot(),
                    report.from(),
                    report.to(),
                    report.events());
            return DrainAnswer.of(report);
        } catch (RelayException e) {
            LOG.warnf(
                    "Nothing is drained: %s [%s]. %s", e.getMessage(), e.kind().label(), e.hint());
            return DrainAnswer.of(e);
        }
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public RelayMetrics metrics() {
        return none;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    /** Never: it waits for the next request. */
    @Override
    public CompletableFuture<Integer> end() {
        return new CompletableFuture<>();
    }

    @Override
    public void stop() throws InterruptedException {
        stopping = true;
        Drain drain = running;
        if (drain != null) {
            drain.interrupt();
        }
        long patience = settings.relay().drainTimeout().plus(STOP_MARGIN).toMillis();
        // Not given back: no drain begins any more.
        if (!place.tryAcquire(patience, TimeUnit.MILLISECONDS)) {
            LOG.warn("The drain did not stop in time; what it did not confirm will be published again");
        }
    }
}
