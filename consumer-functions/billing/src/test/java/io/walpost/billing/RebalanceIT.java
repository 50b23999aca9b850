package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.testing.Orders;
import io.walpost.consumer.testing.RebalanceContract;
import java.util.Map;

class RebalanceIT extends RebalanceContract {

    RebalanceIT() {
        super("billing");
    }

    @Override
    protected Map<String, String> sink() {
        return Map.of();
    }

    @Override
    protected String payload(long order) {
        return Orders.placed(order);
    }

    @Override
    protected void assertEachOnce(int orders) throws Exception {
        assertThat(database.count("invoice")).isEqualTo(orders);
        assertThat(database.count("invoice_line")).isEqualTo(orders);
        assertThat(database.count("walpost_inbox")).isEqualTo(orders);
    }
}
