package io.walpost.bench.jmh;

import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.OutboxRow;
import io.walpost.relay.capture.PayloadKind;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.route.RoutingSettings;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the row to topic, key and headers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouterBenchmark {

    private static final Instant COMMITTED_AT = Instant.parse("2026-11-20T07:00:00.123456Z");

    private final EventRouter router = new EventRouter(RoutingSettings.of("/walpost/bench"));
    private final OutboxRow row = row();
    private final TransactionMark transaction = new TransactionMark(1L << 32, 4711, COMMITTED_AT);
    private final OutboxRecord event = new OutboxRecord(row, transaction, 3, false);
    private long commitLsn;

    private static OutboxRow row() {
        List<byte[]> columns = SampleEvent.columns();
        return new OutboxRow(
                columns.get(0),
                columns.get(1),
                columns.get(2),
                columns.get(3),
                columns.get(4),
                columns.get(5),
                PayloadKind.TEXT,
                columns.get(6));
    }

    /** One of several events of a transaction. */
    @Benchmark
    public RoutedEvent routeWithinTransaction() throws RelayException {
        return router.route(event);
    }

    /** The only event of its transaction, whose position nobody has written yet. */
    @Benchmark
    public RoutedEvent routeAlone() throws RelayException {
        commitLsn += 1_000;
        return router.route(new OutboxRecord(row, new TransactionMark(commitLsn, 4711, COMMITTED_AT), 1, true));
    }
}
