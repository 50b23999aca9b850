package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.OutboxRow;
import io.walpost.relay.capture.PayloadKind;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.RelayException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * Routes rows that were read from their table as the stream's router would, but for what only the log knows: the event
 * has no position and no time of a commit. Owned by one thread, as the router is.
 */
public final class TableRowRouter {

    /** The place of a row in a transaction that is not known. */
    static final int NO_ORDER = 0;

    private static final TransactionMark NO_TRANSACTION = new TransactionMark(0, 0, Instant.EPOCH);

    /** What the router makes of {@link #NO_TRANSACTION} where it needs a time. */
    private static final byte[] NO_TIME = EventTime.toRfc3339(Instant.EPOCH);

    private static final Set<String> ONLY_IN_THE_LOG = Set.of(
            EventHeaders.LSN, EventHeaders.TX, EventHeaders.TX_ORDER, EventHeaders.TX_LAST, EventHeaders.COMMITTED_AT);

    private final EventRouter router;
    private final byte[] run;

    /** @param run what publishes the rows, for the header {@link EventHeaders#BACKFILL} */
    public TableRowRouter(EventRouter router, String run) {
        this.router = router;
        this.run = run.getBytes(UTF_8);
    }

    /** @throws RelayException as {@link EventRouter#route} */
    public RoutedEvent route(OutboxRow row) throws RelayException {
        RoutedEvent routed = router.route(new OutboxRecord(row, NO_TRANSACTION, NO_ORDER, false));
        RecordHeaders headers = new RecordHeaders();
        routed.headers().forEach((name, value) -> {
            boolean madeUp = name.equals(EventHeaders.CE_TIME) && Arrays.equals(value, NO_TIME);
            if (!ONLY_IN_THE_LOG.contains(name) && !madeUp) {
                headers.add(name, value);
            }
        });
        headers.add(EventHeaders.BACKFILL, run);
        return new RoutedEvent(
                routed.id(),
                routed.topic(),
                routed.key(),
                routed.value(),
                headers,
                EventPosition.NONE,
                false,
                // Zero is the made-up commit's.
                routed.timestamp() == 0 ? RoutedEvent.NO_TIMESTAMP : routed.timestamp(),
                true);
    }

    /**
     * Where events of an aggregate type go.
     *
     * @throws RelayException if no topic can be called so
     */
    public String topicOf(String aggregateType) throws RelayException {
        byte[] any = {'0'};
        return router.route(new OutboxRecord(
                        new OutboxRow(any, aggregateType.getBytes(UTF_8), any, any, null, null, PayloadKind.TEXT, null),
                        NO_TRANSACTION,
                        NO_ORDER,
                        false))
                .topic();
    }
}
