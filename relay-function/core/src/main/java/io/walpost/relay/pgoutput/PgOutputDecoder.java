package io.walpost.relay.pgoutput;

import io.walpost.relay.pgoutput.PgOutputMessage.Begin;
import io.walpost.relay.pgoutput.PgOutputMessage.Commit;
import io.walpost.relay.pgoutput.PgOutputMessage.Delete;
import io.walpost.relay.pgoutput.PgOutputMessage.Insert;
import io.walpost.relay.pgoutput.PgOutputMessage.LogicalMessage;
import io.walpost.relay.pgoutput.PgOutputMessage.Origin;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.PgOutputMessage.Truncate;
import io.walpost.relay.pgoutput.PgOutputMessage.Type;
import io.walpost.relay.pgoutput.PgOutputMessage.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decodes logical replication messages. Holds no state, so it may be used from any thread. */
public final class PgOutputDecoder {

    /** What the server's timestamps count from. */
    public static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final int TRUNCATE_CASCADE = 1;
    private static final int TRUNCATE_RESTART_IDENTITY = 2;
    private static final int MESSAGE_TRANSACTIONAL = 1;

    private PgOutputDecoder() {}

    /**
     * Decodes one message. The frame must not be changed afterwards: a row's columns and a
     * logical message's content are views into it.
     *
     * @param frame holds the message
     * @param offset where the message begins, at its type byte
     * @param length how many bytes it has, to its end
     * @throws PgOutputException if the bytes are not exactly one message of a known type
     */
    public static PgOutputMessage decode(byte[] frame, int offset, int length) throws PgOutputException {
        FrameReader in = new FrameReader(frame, offset, length);
        byte type = in.int8("message type");
        PgOutputMessage message =
                switch (type) {
                    case 'B' -> new Begin(in.int64("final LSN"), in.int64("commit timestamp"), xid(in));
                    case 'I' -> new Insert(in.int32("relation id"), tuple(in, 'N'));
                    case 'C' ->
                        new Commit(
                                in.int8("flags"),
                                in.int64("commit LSN"),
                                in.int64("end LSN"),
                                in.int64("commit timestamp"));
                    case 'R' -> relation(in);
                    case 'M' -> logicalMessage(in);
                    case 'U' -> update(in);
                    case 'D' -> delete(in);
                    case 'T' -> truncate(in);
                    case 'O' -> new Origin(in.int64("commit LSN"), in.string("origin name"));
                    case 'Y' -> new Type(in.int32("type OID"), in.string("namespace"), in.string("type name"));
                    default -> throw in.malformed("unknown message type");
                };
        in.expectEnd();
        return message;
    }

    private static long xid(FrameReader in) throws PgOutputException {
        return Integer.toUnsignedLong(in.int32("xid"));
    }

    private static TupleData tuple(FrameReader in, char expected) throws PgOutputException {
        if (in.int8("tuple kind") != expected) {
            throw in.malformed("expected a tuple of kind '" + expected + "'");
        }
        return TupleData.read(in);
    }

    private static Relation relation(FrameReader in) throws PgOutputException {
        int id = in.int32("relation id");
        String namespace = in.string("namespace");
        String name = in.string("relation name");
        char replicaIdentity = (char) in.int8("replica identity");
        int count = in.uint16("number of columns");
        List<Relation.Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean key = in.int8("column flags") != 0;
            columns.add(new Relation.Column(
                    key, in.string("column name"), in.int32("column type"), in.int32("column type modifier")));
        }
        return new Relation(id, namespace, name, replicaIdentity, List.copyOf(columns));
    }

    private static LogicalMessage logicalMessage(FrameReader in) throws PgOutputException {
        boolean transactional = (in.int8("flags") & MESSAGE_TRANSACTIONAL) != 0;
        long lsn = in.int64("LSN");
        ByteView prefix = in.stringView("prefix");
        return new LogicalMessage(transactional, lsn, prefix, in.view(in.length("content length"), "content"));
    }

    private static Update update(FrameReader in) throws PgOutputException {
        int relationId = in.int32("relation id");
        byte kind = in.int8("tuple kind");
        if (kind == 'N') {
            return new Update(relationId, null, TupleData.read(in));
        }
        requireOldTuple(in, kind);
        TupleData oldTuple = TupleData.read(in);
        return new Update(relationId, oldTuple, tuple(in, 'N'));
    }

    private static Delete delete(FrameReader in) throws PgOutputException {
        int relationId = in.int32("relation id");
        requireOldTuple(in, in.int8("tuple kind"));
        return new Delete(relationId, TupleData.read(in));
    }

    private static void requireOldTuple(FrameReader in, byte kind) throws PgOutputException {
        if (kind != 'K' && kind != 'O') {
            throw in.malformed("expected an old tuple of kind 'K' or 'O'");
        }
    }

    private static Truncate truncate(FrameReader in) throws PgOutputException {
        int count = in.length("number of relations");
        int options = in.int8("options");
        List<Integer> relationIds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            relationIds.add(in.int32("relation id"));
        }
        return new Truncate(
                (options & TRUNCATE_CASCADE) != 0,
                (options & TRUNCATE_RESTART_IDENTITY) != 0,
                List.copyOf(relationIds));
    }
}
