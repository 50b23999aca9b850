package io.walpost.bench.measure;

import io.walpost.bench.contender.LogReader;
import io.walpost.bench.orders.Deliveries;
import io.walpost.bench.site.Backlog;

/**
 * What a contender has to do. A further kind, such as invocations of a function, is a further record here, and a case in
 * {@link Benchmark}, where the compiler then asks for it.
 */
public sealed interface Scenario {

    /** Its name in results. */
    String id();

    /** Its name for people. */
    String label();

    /** A backlog that is drained from a cold start. */
    record Draining(String id, String label, Backlog backlog) implements Scenario {}

    /** Events that are relayed while they are written. */
    record Following(String id, String label, Load load) implements Scenario {}

    /** A topic that is consumed from its beginning, from a cold start. */
    record Consuming(String id, String label, Deliveries deliveries) implements Scenario {}

    /**
     * Events that have their effect while they are written.
     *
     * @param relay brings them to the consumer
     */
    record Reacting(String id, String label, Load load, LogReader relay) implements Scenario {}
}
