package io.walpost.relay.runtime;

import io.walpost.relay.RelayMetrics;
import io.walpost.relay.StopSignal;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedLog;
import io.walpost.relay.publish.Delivery;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.publish.PublishingLicence;
import io.walpost.relay.publish.ReadyPublishers;
import io.walpost.relay.publish.parked.KafkaParkedLog;
import io.walpost.relay.replication.PgReplicationSource;
import io.walpost.relay.route.TopicRouting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relay that waits for a slot which another one holds, with everything else ready: connected to the database, with a
 * producer that knows the topics, and with the code loaded that looks up parked keys. So it takes over at once.
 *
 * <p>With exactly-once delivery there is no producer that is ready: making one fences the relay that is still at work.
 *
 * <p>A login that the database refuses is tried again, even if it is the first: the relay before this one has used it, so
 * it is more likely that a failover or a rotation is under way.
 */
public final class StandbyRelay {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyRelay.class);
    private static final Duration REHEARSAL = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 10;

    private final Settings settings;
    private final RelayMetrics metrics;
    private final PublishingLicence licence;

    /** @param licence by which another thread may keep it from publishing */
    public StandbyRelay(Settings settings, RelayMetrics metrics, PublishingLicence licence) {
        this.settings = settings;
        this.metrics = metrics;
        this.licence = licence;
    }

    /**
     * Waits and relays until the stop is requested. Run once, by one thread.
     *
     * @throws RelayException a failure that only a person can mend
     */
    public void run(StopSignal stop) throws RelayException, InterruptedException {
        Thread rehearsal =
                Thread.ofPlatform().name("walpost-rehearsal").daemon().start(this::rehearse);
        try {
            switch (settings.delivery().delivery()) {
                case Delivery.AT_LEAST_ONCE -> {
                    try (ReadyPublishers publishers = new ReadyPublishers(settings.producer(), topics())) {
                        run(stop, publishers);
                    }
                }
                case Delivery.EXACTLY_ONCE -> run(stop, RelayAssembly.publishers(settings));
            }
        } finally {
            rehearsal.interrupt();
        }
    }

    private void run(StopSignal stop, PublisherFactory publishers) throws RelayException, InterruptedException {
        PgReplicationSource source = new PgReplicationSource(settings.postgres(), () -> !stop.requested());
        RelayAssembly.relay(settings, metrics, source, licence.publishers(publishers), true)
                .run(stop);
    }

    private Predicate<String> topics() {
        TopicRouting routing = settings.routing().topics();
        return topic ->
                topic.startsWith(routing.prefix()) || routing.overrides().containsValue(topic);
    }

    /**
     * Reads the parked keys and forgets them. What counts is what they are once the slot is this relay's; but the clients
     * that this takes have been loaded, and their topics made, by then.
     */
    private void rehearse() {
        long start = System.nanoTime();
        try (ParkedLog parked =
                KafkaParkedLog.source(settings.producer(), settings.poison()).open()) {
            while (parked.snapshot().isEmpty() && System.nanoTime() - start < REHEARSAL.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (RelayException e) {
            LOG.debug("Parked keys cannot be read before they are needed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
