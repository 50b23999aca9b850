package io.walpost.demo.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.walpost.demo.load.OrderClient;
import io.walpost.demo.stage.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a client of the order service gets to read, compared with its tables. */
public final class CachedReads {

    private CachedReads() {}

    /** Reads every order twice: the second time it comes from the cache, if it did not before. */
    public static List<String> differences(Stage stage, OrderClient client)
            throws SQLException, InterruptedException, JsonProcessingException {
        Map<Long, Account> orders;
        try (Connection connection = stage.databases().connectToOrders()) {
            orders = new TreeMap<>(Accounts.ofOrders(connection));
        }
        List<String> differences = new ArrayList<>();
        for (Map.Entry<Long, Account> order : orders.entrySet()) {
            for (String time : List.of("first", "second")) {
                Optional<String> read = client.read(order.getKey());
                if (read.isEmpty()) {
                    differences.add("order %d: cannot be read the %s time".formatted(order.getKey(), time));
                } else if (!Account.of(Json.MAPPER.readTree(read.get())).equals(order.getValue())) {
                    differences.add("order %d: the %s read is not as the order is".formatted(order.getKey(), time));
                }
            }
        }
        return differences;
    }
}
