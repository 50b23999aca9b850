package io.walpost.relay.replication;

/**
 * A row of a selection, before it is read.
 *
 * @param size about how many bytes its payload takes
 */
public record SelectedRow(RowKey key, long size) {}
