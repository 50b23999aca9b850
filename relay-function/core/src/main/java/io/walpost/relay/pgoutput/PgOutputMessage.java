package io.walpost.relay.pgoutput;

import java.util.List;

/**
 * A logical replication message (PostgreSQL manual, "Logical Replication Message Formats"). LSNs are unsigned 64-bit
 * positions; timestamps are microseconds since {@link PgOutputDecoder#POSTGRES_EPOCH}; xids and relation ids are the
 * unsigned 32-bit values that the server sent, widened where they are numbers to show.
 */
public sealed interface PgOutputMessage {

    /**
     * The start of a transaction. The server sends it when the transaction has committed, so its commit is known.
     *
     * @param finalLsn the LSN of the commit record
     * @param commitTimestamp when it committed
     * @param xid the transaction's id
     */
    record Begin(long finalLsn, long commitTimestamp, long xid) implements PgOutputMessage {}

    /**
     * The end of a transaction.
     *
     * @param commitLsn the LSN of the commit record, equal to {@link Begin#finalLsn()}
     * @param endLsn the first byte after the commit record: to confirm it is to confirm the transaction
     * @param commitTimestamp when it committed
     */
    record Commit(int flags, long commitLsn, long endLsn, long commitTimestamp) implements PgOutputMessage {}

    /** The transaction came from another server. */
    record Origin(long commitLsn, String name) implements PgOutputMessage {}

    /**
     * What a table looks like from here on; sent before its first row, and again after a change of its definition.
     *
     * @param id the table's OID, by which rows refer to it
     * @param replicaIdentity {@code d}, {@code n}, {@code f} or {@code i}, as in {@code pg_class.relreplident}
     */
    record Relation(int id, String namespace, String name, char replicaIdentity, List<Column> columns)
            implements PgOutputMessage {

        /**
         * @param key whether it is part of the replica identity's key
         * @param typeOid the OID of its type, as in {@code pg_type}
         * @param typeModifier {@code atttypmod}; -1 for none
         */
        public record Column(boolean key, String name, int typeOid, int typeModifier) {}
    }

    /** The name of a type that is not built in. */
    record Type(int oid, String namespace, String name) implements PgOutputMessage {}

    record Insert(int relationId, TupleData newTuple) implements PgOutputMessage {}

    /** @param oldTuple the old key or the old row, as the replica identity has it; null if the server sent neither */
    record Update(int relationId, TupleData oldTuple, TupleData newTuple) implements PgOutputMessage {}

    /** @param oldTuple the old key or the old row, as the replica identity has it */
    record Delete(int relationId, TupleData oldTuple) implements PgOutputMessage {}

    record Truncate(boolean cascade, boolean restartIdentity, List<Integer> relationIds) implements PgOutputMessage {}

    /**
     * What {@code pg_logical_emit_message} wrote.
     *
     * @param transactional whether it belongs to the transaction around it
     * @param lsn its own position
     * @param prefix in UTF-8
     * @param content as it was written, in whatever encoding
     */
    record LogicalMessage(boolean transactional, long lsn, ByteView prefix, ByteView content)
            implements PgOutputMessage {}
}
