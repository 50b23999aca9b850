package io.walpost.search.cli;

/**
 * What a rebuild may do.
 *
 * @param removeOld remove the old index when the new one has taken its place and holds whatever the topic does
 * @param acceptLeftOut remove it also if records were left out of the new one; what only they said is lost then
 * @param discardUnfinished remove what an earlier rebuild left that did not end, and begin anew
 * @param acceptCutOff rebuild although the topic has lost its first records; orders that have not changed since will be
 *     missing
 */
public record RebuildOptions(
        boolean removeOld, boolean acceptLeftOut, boolean discardUnfinished, boolean acceptCutOff) {}
