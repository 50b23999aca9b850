package io.walpost.bench.measure;

import io.walpost.bench.site.Backlog;

/** What a contender has to do. */
public sealed interface Scenario {

    /** Its name in results. */
    String id();

    /** Its name for people. */
    String label();

    /** A backlog that is drained from a cold start. */
    record Draining(String id, String label, Backlog backlog) implements Scenario {}

    /** Events that are relayed while they are written. */
    record Following(String id, String label, Load load) implements Scenario {}
}
