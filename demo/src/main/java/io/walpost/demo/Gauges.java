package io.walpost.demo;

import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.Databases;
import io.walpost.demo.stage.MetricsPage;
import io.walpost.demo.stage.ServiceProcess;
import io.walpost.demo.stage.Stage;
import io.walpost.demo.terminal.ConsumerRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Numbers that are only known by asking. */
final class Gauges implements AutoCloseable {

    private static final String LAG_BYTES = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)"
            + " FROM pg_replication_slots WHERE slot_name = '" + Databases.SLOT + "'";
    private static final String NEXT_ORDER =
            "SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM order_id_seq";
    private static final String EVENTS = "walpost_consumer_events_total";
    private static final String LATENCY = "walpost_consumer_latency_seconds";

    private final Stage stage;
    private final Connection orders;

    Gauges(Stage stage) throws SQLException {
        this.stage = stage;
        this.orders = stage.databases().connectToOrders();
    }

    /** Log that the relay has not confirmed; negative if it is not known. */
    long lagBytes() throws SQLException {
        return number(LAG_BYTES);
    }

    /** The id that the next order gets if nobody else places one. */
    long nextOrderId() throws SQLException {
        return number(NEXT_ORDER);
    }

    /** The age of the relay's oldest unacknowledged event; negative if it is not known. */
    double lagSeconds() throws InterruptedException {
        return page(stage.relay()).sum("walpost_relay_lag_seconds").orElse(-1);
    }

    List<ConsumerRow> consumers() throws InterruptedException {
        List<ConsumerRow> rows = new ArrayList<>();
        for (ConsumerFunction function : stage.functions()) {
            MetricsPage page = page(stage.consumer(function));
            rows.add(new ConsumerRow(
                    function.label(),
                    page.sum(EVENTS, "outcome=\"applied\""),
                    page.sum(EVENTS, "outcome=\"duplicate\""),
                    page.sum("walpost_consumer_dead_letters_total"),
                    page.sum("walpost_consumer_lag_seconds"),
                    page.quantile(LATENCY, 0.5),
                    page.quantile(LATENCY, 0.99)));
        }
        return rows;
    }

    private static MetricsPage page(ServiceProcess service) throws InterruptedException {
        return service.metrics().orElse(MetricsPage.EMPTY);
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = orders.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    @Override
    public void close() throws SQLException {
        orders.close();
    }
}
