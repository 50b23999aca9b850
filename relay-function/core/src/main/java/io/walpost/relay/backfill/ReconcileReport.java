package io.walpost.relay.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a reconcile has found and done.
 *
 * @param name of the run
 * @param complete whether nothing is missing any more; false after a stop, and if something is missing after a dry run
 * @param selected rows of the selection
 * @param present those whose event is in its topic
 * @param deadLettered those whose event is not there, but in the dead-letter topic
 * @param missing those whose event is in neither
 * @param examples the ids of the first of these, at most ten
 * @param published events that were published, all acknowledged
 * @param gone missing rows that were deleted before their turn
 * @param oldest the earliest timestamp of the selected rows
 * @param newest the latest one
 */
public record ReconcileReport(
        String name,
        boolean complete,
        long selected,
        long present,
        long deadLettered,
        long missing,
        List<UUID> examples,
        long published,
        long gone,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Duration duration) {}
