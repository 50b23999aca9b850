package io.walpost.relay;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.PoisonListener;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and log what was set aside: each parked key, and of mere dead letters the first of a kind and topic. */
final class PoisonReport implements PoisonListener {

    private static final Logger LOG = LoggerFactory.getLogger(PoisonReport.class);

    /** As many topics as there may be. */
    private static final int MOST_TOLD = 1_000;

    private final RelayMetrics metrics;
    private final Set<String> told = new HashSet<>();

    PoisonReport(RelayMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void deadLetter(String kind) {
        metrics.deadLetter(kind);
    }

    @Override
    public void setAside(Poison poison, boolean parked) {
        if (!parked && (told.size() >= MOST_TOLD || !told.add(poison.kind() + " " + poison.topic()))) {
            return;
        }
        LOG.warn(
                "[{}] Event {}{} (commit {}, number {} of its transaction) is now a dead letter{}: {}. {}",
                poison.kind().label(),
                poison.eventId(),
                // A message that cannot be read names none.
                poison.topic().isEmpty() ? "" : " for topic " + poison.topic(),
                new Lsn(poison.position().commitLsn()),
                poison.position().order(),
                parked ? ", and later events of its key follow it until the key is released" : "",
                poison.reason(),
                poison.kind().hint());
    }

    @Override
    public void released(ParkedKey key) {
        LOG.info("A key of topic {} is released; its events are published again", key.topic());
    }

    @Override
    public void parkedKeys(int count) {
        metrics.parkedKeys(count);
    }
}
