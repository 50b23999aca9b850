package io.walpost.demo;

import io.walpost.demo.stage.Databases;
import io.walpost.demo.stage.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that are only known by asking. One that cannot be had is negative. */
final class Gauges implements AutoCloseable {

    private static final Pattern LAG_SECONDS =
            Pattern.compile("^walpost_relay_lag_seconds\\S* (\\S+)$", Pattern.MULTILINE);
    private static final String LAG_BYTES = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)"
            + " FROM pg_replication_slots WHERE slot_name = '" + Databases.SLOT + "'";
    private static final String INVOICES = "SELECT count(*) FROM invoice";
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final URI metrics;
    private final Connection orders;
    private final Connection billing;

    Gauges(Stage stage) throws SQLException {
        metrics = stage.relay().url().resolve("/q/metrics");
        orders = stage.databases().connectToOrders();
        billing = stage.databases().connectToBilling();
    }

    long lagBytes() throws SQLException {
        return number(orders, LAG_BYTES);
    }

    long invoices() throws SQLException {
        return number(billing, INVOICES);
    }

    /** The id that the next order gets if nobody else places one. */
    long nextOrderId() throws SQLException {
        return number(orders, "SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM order_id_seq");
    }

    double lagSeconds() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
            Matcher line = LAG_SECONDS.matcher(
                    http.send(request, BodyHandlers.ofString()).body());
            return line.find() ? Double.parseDouble(line.group(1)) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    @Override
    public void close() throws SQLException {
        orders.close();
        billing.close();
        http.close();
    }
}
