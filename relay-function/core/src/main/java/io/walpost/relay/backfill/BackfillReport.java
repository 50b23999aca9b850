package io.walpost.relay.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a backfill has done.
 *
 * @param name of the run
 * @param complete whether nothing of the selection is left; false after a stop
 * @param selected rows of the selection that were left when this start of the run began
 * @param publishedBefore events that earlier starts of the run published
 * @param published events that this one published, all acknowledged
 * @param gone rows that were deleted between their selection and their turn
 * @param oldest the earliest timestamp of the selected rows
 * @param newest the latest one
 */
public record BackfillReport(
        String name,
        boolean complete,
        long selected,
        long publishedBefore,
        long published,
        long gone,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Duration duration) {}
