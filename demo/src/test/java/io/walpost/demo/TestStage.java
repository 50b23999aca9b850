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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo's stage with the demo's own consumer, for a test that disturbs it. Its logs stay below target. */
final class TestStage implements AutoCloseable {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Stage stage;
    private final EventLedger ledger = new EventLedger();
    private EventTail tail;

    TestStage(String name) {
        stage = new Stage(
                new Installation(ROOT),
                new StageFolder(Path.of("target", "stages", name)),
                Ports.from(FreePorts.base()),
                StageListener.NONE);
    }

    void start() throws InterruptedException {
        stage.start();
        tail = new EventTail(stage.kafka().bootstrapServers(), Stage.TOPIC, ledger, arrival -> {});
    }

    Stage stage() {
        return stage;
    }

    EventLedger ledger() {
        return ledger;
    }

    OrderLoad load(int orders, double rate) {
        OrderLoad load = new OrderLoad(stage.orders().url(), orders, rate);
        load.start();
        return load;
    }

    static void awaitDone(OrderLoad load) {
        await().atMost(LIMIT).until(load::done);
    }

    /** What has become of everything that is committed, when nothing changes any more. */
    Verdict verdict(Set<Long> rolledBack) throws Exception {
        try (Inspection inspection = new Inspection(stage, tail, ledger)) {
            await().atMost(LIMIT).until(inspection::settled);
            return inspection.judge(rolledBack);
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

    /** How many events Kafka has acknowledged to the relay since that started. */
    long acknowledgedToRelay() throws Exception {
        URI metrics = stage.relay().url().resolve("/q/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            String text = client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            Matcher line = Pattern.compile("^walpost_relay_events_total\\S* (\\S+)$", Pattern.MULTILINE)
                    .matcher(text);
            if (!line.find()) {
                throw new AssertionError("The relay has no metric walpost_relay_events_total");
            }
            return (long) Double.parseDouble(line.group(1));
        }
    }

    @Override
    public void close() {
        if (tail != null) {
            tail.close();
        }
        stage.close();
    }
}
