package io.walpost.relay.backfill;

import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.route.RoutingSettings;
import java.time.Duration;

/**
 * What every run of a relay's backfill has in common.
 *
 * @param routing the relay's own, so that what is published looks the same
 * @param window how many events may be published and not yet behind a saved cursor; at least 1
 * @param windowBytes the same in bytes; one larger event still passes, alone
 * @param drainTimeout how long an end waits for events in flight
 * @param stallTimeout how long Kafka may acknowledge nothing, though it should
 * @param cursorTopic where cursors are kept
 * @param deadLetterTopic whose events count as published
 */
public record RunSettings(
        PostgresSettings postgres,
        ProducerSettings producer,
        RoutingSettings routing,
        int window,
        long windowBytes,
        Duration drainTimeout,
        Duration stallTimeout,
        String cursorTopic,
        String deadLetterTopic) {

    /** The topic of the cursors when nothing else is configured. */
    public static final String CURSOR_TOPIC = "walpost.backfill";
}
