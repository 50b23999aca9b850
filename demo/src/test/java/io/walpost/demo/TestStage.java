package io.walpost.demo;

import static org.awaitility.Awaitility.await;

import io.walpost.demo.check.EventLedger;
import io.walpost.demo.check.EventTail;
import io.walpost.demo.check.Inspection;
import io.walpost.demo.check.Verdict;
import io.walpost.demo.load.OrderLoad;
import io.walpost.demo.stage.Databases;
import io.walpost.demo.stage.Installation;
import io.walpost.demo.stage.Ports;
import io.walpost.demo.stage.Stage;
import io.walpost.demo.stage.StageFolder;
import io.walpost.demo.stage.StageListener;
import io.walpost.demo.stage.StagePlan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The demo's stage with the demo's own consumer, for a test that disturbs it. Its logs stay below target. */
public final class TestStage implements AutoCloseable {

    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Stage stage;
    private final EventLedger ledger = new EventLedger();
    private final Predicate<ConsumerRecord<byte[], byte[]>> foreign;
    private EventTail tail;

    TestStage(String name, StagePlan plan) {
        this(name, plan, record -> false);
    }

    /** @param foreign records that the test puts into the topic, and that are no events of the order service */
    public TestStage(String name, StagePlan plan, Predicate<ConsumerRecord<byte[], byte[]>> foreign) {
        this.foreign = foreign;
        stage = new Stage(
                new Installation(ROOT),
                new StageFolder(Path.of("target", "stages", name)),
                Ports.from(FreePorts.base()),
                plan,
                StageListener.NONE);
    }

    public void start() throws InterruptedException {
        stage.start();
        tail = new EventTail(stage.servers().kafka().bootstrapServers(), Stage.TOPIC, ledger, foreign, arrival -> {});
    }

    public Stage stage() {
        return stage;
    }

    public EventLedger ledger() {
        return ledger;
    }

    public OrderLoad load(int orders, double rate) {
        OrderLoad load = new OrderLoad(stage.orders().url(), orders, rate);
        load.start();
        return load;
    }

    public static void awaitDone(OrderLoad load) {
        await().atMost(LIMIT).until(load::done);
    }

    /** What has become of everything that is committed, when nothing changes any more. */
    public Verdict verdict(Set<Long> rolledBack) throws Exception {
        try (Inspection inspection = new Inspection(stage, tail, ledger)) {
            await().atMost(LIMIT).until(inspection::settled);
            return inspection.judge(rolledBack);
        }
    }

    /** Waits until everything that is committed has gone all the way, be it among the dead letters. */
    public void awaitSettled() throws Exception {
        try (Inspection inspection = new Inspection(stage, tail, ledger)) {
            await().atMost(LIMIT).until(inspection::settled);
        }
    }

    /** Up to where the relay has confirmed. */
    String confirmedLsn() throws Exception {
        return query("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + Databases.SLOT + "'");
    }

    private String query(String sql) throws Exception {
        try (Connection connection = stage.databases().connectToOrders();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** How many events Kafka has acknowledged to the relay since that started; -1 if it does not answer in time. */
    long acknowledgedToRelay() throws Exception {
        return stage.relay()
                .metrics()
                .map(page -> (long) page.sum("walpost_relay_events_total").orElseThrow())
                .orElse(-1L);
    }

    @Override
    public void close() {
        if (tail != null) {
            tail.close();
        }
        stage.close();
    }
}
