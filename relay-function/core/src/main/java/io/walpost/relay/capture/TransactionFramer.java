package io.walpost.relay.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputDecoder;
import io.walpost.relay.pgoutput.PgOutputMessage;
import io.walpost.relay.pgoutput.PgOutputMessage.Begin;
import io.walpost.relay.pgoutput.PgOutputMessage.Commit;
import io.walpost.relay.pgoutput.PgOutputMessage.Insert;
import io.walpost.relay.pgoutput.PgOutputMessage.LogicalMessage;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the messages of one stream into captured records. A framer belongs to one stream and one thread: after a new
 * start of the stream the server describes every table anew.
 */
public final class TransactionFramer {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionFramer.class);

    private final CaptureSettings settings;
    private final CaptureSink sink;
    private final byte[] messagePrefix;
    private final OutboxMessageReader messages;
    private final Map<Integer, Optional<OutboxTable>> tables = new HashMap<>();

    private TransactionMark transaction;
    private int rows;
    private OutboxRow held;
    private boolean warned;

    /** @param sink takes what is captured, in order, on the calling thread */
    public TransactionFramer(CaptureSettings settings, CaptureSink sink) {
        this.settings = settings;
        this.sink = sink;
        this.messagePrefix =
                settings.messagePrefix().map(prefix -> prefix.getBytes(UTF_8)).orElse(null);
        this.messages = new OutboxMessageReader(settings.headers());
    }

    /**
     * Takes the next message of the stream.
     *
     * @throws RelayException if the message has no place here, or an outbox table lacks a column
     */
    public void accept(PgOutputMessage message) throws RelayException {
        switch (message) {
            case Insert insert -> insert(insert);
            case Begin begin -> begin(begin);
            case Commit commit -> commit(commit);
            case Relation relation -> describe(relation);
            // An outbox is a log: what is done to a row after its INSERT (Debezium's extension removes it) is no event.
            case PgOutputMessage.Update ignored -> requireOpen();
            case PgOutputMessage.Delete ignored -> requireOpen();
            case PgOutputMessage.Truncate ignored -> requireOpen();
            case PgOutputMessage.Origin ignored -> requireOpen();
            case PgOutputMessage.Type ignored -> requireOpen();
            case LogicalMessage logical -> message(logical);
        }
    }

    /** When the transaction in which the stream stands committed, if it stands in one. */
    public Optional<Instant> openSince() {
        return Optional.ofNullable(transaction).map(TransactionMark::committedAt);
    }

    /** Whether the stream stands within a transaction. */
    public boolean inTransaction() {
        return transaction != null;
    }

    private void begin(Begin begin) throws RelayException {
        if (inTransaction()) {
            throw outOfPlace("a Begin");
        }
        Instant committedAt = PgOutputDecoder.POSTGRES_EPOCH.plus(begin.commitTimestamp(), ChronoUnit.MICROS);
        transaction = new TransactionMark(begin.finalLsn(), begin.xid(), committedAt);
    }

    private void insert(Insert insert) throws RelayException {
        requireOpen();
        Optional<OutboxTable> table = tables.get(insert.relationId());
        if (table == null) {
            throw new RelayException(
                    FailureKind.PROTOCOL,
                    "A row of a relation that the server did not describe, at " + new Lsn(transaction.commitLsn()));
        }
        if (table.isPresent()) {
            release(false);
            held = table.get().row(insert.newTuple());
        }
    }

    private void message(LogicalMessage message) throws RelayException {
        if (messagePrefix == null) {
            throw new RelayException(
                    FailureKind.PROTOCOL, "The server sent a logical message, which was not asked for");
        }
        if (message.transactional()) {
            requireOpen();
        }
        if (!message.prefix().contentEquals(messagePrefix)) {
            return;
        }
        if (message.transactional()) {
            release(false);
            held = messages.read(message.content());
        } else if (!warned) {
            warned = true;
            LOG.warn(
                    "The message at {} has the prefix of events and belongs to no transaction. Such messages are passed"
                            + " over: write them with pg_logical_emit_message(true, …)",
                    new Lsn(message.lsn()));
        }
    }

    private void commit(Commit commit) throws RelayException {
        requireOpen();
        release(true);
        TransactionEnd end = new TransactionEnd(commit.endLsn(), transaction.committedAt());
        transaction = null;
        rows = 0;
        sink.accept(end);
    }

    private void release(boolean last) {
        if (held != null) {
            rows++;
            sink.accept(new OutboxRecord(held, transaction, rows, last));
            held = null;
        }
    }

    private void describe(Relation relation) throws RelayException {
        String name = relation.namespace() + "." + relation.name();
        boolean isOutbox = settings.tables().contains(name);
        if (!isOutbox && tables.getOrDefault(relation.id(), Optional.empty()).isPresent()) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "An outbox table was renamed to " + name + ", which is not in walpost.relay.tables");
        }
        tables.put(
                relation.id(),
                isOutbox ? Optional.of(new OutboxTable(relation, settings.headers())) : Optional.empty());
    }

    private void requireOpen() throws RelayException {
        if (!inTransaction()) {
            throw outOfPlace("a change outside of a transaction");
        }
    }

    private RelayException outOfPlace(String what) {
        String where = inTransaction() ? " in the transaction at " + new Lsn(transaction.commitLsn()) : "";
        return new RelayException(FailureKind.PROTOCOL, "The server sent " + what + where);
    }
}
