package io.walpost.relay.replication;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a selection comes to.
 *
 * @param rows how many rows it has
 * @param oldest the earliest timestamp; empty without rows, or if the table has none
 * @param newest the latest timestamp
 * @param aggregateTypes those that occur
 */
public record SelectionSummary(
        long rows, Optional<Instant> oldest, Optional<Instant> newest, Set<String> aggregateTypes) {}
