package io.walpost.search;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.Shutdown;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The handler with everything around it that decides what becomes of an event, short of a binding. */
public final class SearchConsumer {

    /** What may be the event's fault is given up on after a second, so that a test need not wait for longer. */
    static final Duration RETRY_WINDOW = Duration.ofSeconds(1);

    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(200), 3, RETRY_WINDOW);

    public final Letters letters = new Letters();
    final Attempts attempts = new Attempts();
    public final Shutdown shutdown = new Shutdown();
    private final RecordConsumer consumer;

    public SearchConsumer(OpenSearch search, String alias) {
        this.consumer =
                new RecordConsumer(SearchHandler.behind(alias, search), letters, POLICY, attempts, Clock.systemUTC());
    }

    public List<Outcome> consume(List<IncomingRecord> records) {
        return consumer.consume(records, shutdown);
    }

    public List<Outcome> consume(IncomingRecord... records) {
        return consume(List.of(records));
    }
}
