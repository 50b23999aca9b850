package io.walpost.search.cli;

import java.util.List;

/**
 * How a rebuild ended.
 *
 * @param oldIndex what the alias named before
 * @param newIndex what was filled; gone again if the rebuild was stopped
 * @param switched whether the alias names the new index now
 * @param oldRemoved whether the old index is gone
 * @param read how many records were read
 * @param leftOut how many of them are not in the index because they are no events or the index refused them
 * @param firstLeftOut where the first of these lie and why, a line for each
 */
public record RebuildReport(
        String oldIndex,
        String newIndex,
        boolean switched,
        boolean oldRemoved,
        long read,
        long leftOut,
        List<String> firstLeftOut) {

    public RebuildReport {
        firstLeftOut = List.copyOf(firstLeftOut);
    }
}
