package io.walpost.relay.replication;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which rows of an outbox table are meant: those for which all that is given holds.
 *
 * @param since the row's timestamp is this or later
 * @param until the row's timestamp is before this
 * @param aggregateTypes one of these; any if empty
 * @param aggregateIds one of these; any if empty
 * @param fromId the row's id is this or greater, as PostgreSQL orders uuids
 * @param toId the row's id is this or less
 */
public record RowSelection(
        Optional<Instant> since,
        Optional<Instant> until,
        Set<String> aggregateTypes,
        Set<String> aggregateIds,
        Optional<UUID> fromId,
        Optional<UUID> toId) {

    /** Every row. */
    public static final RowSelection ALL = new RowSelection(
            Optional.empty(), Optional.empty(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException if nothing can be in it */
    public RowSelection {
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            throw new IllegalArgumentException("--since " + since.get() + " is not before --until " + until.get());
        }
        aggregateTypes = Set.copyOf(aggregateTypes);
        aggregateIds = Set.copyOf(aggregateIds);
    }

    /** The same for equal selections, whatever the order of their parts. */
    @Override
    public String toString() {
        return "since=" + since + " until=" + until + " types=" + new TreeSet<>(aggregateTypes) + " ids="
                + new TreeSet<>(aggregateIds) + " from=" + fromId + " to=" + toId;
    }

    boolean usesTime() {
        return since.isPresent() || until.isPresent();
    }
}
