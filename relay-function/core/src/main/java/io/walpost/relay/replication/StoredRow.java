package io.walpost.relay.replication;

import io.walpost.relay.pgoutput.TupleData;

/** A row as its table has it: the values in the order of the table's columns, in the text that the stream would have. */
public record StoredRow(RowKey key, TupleData values) {}
