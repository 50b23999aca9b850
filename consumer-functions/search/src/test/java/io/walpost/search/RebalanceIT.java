package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.testing.RebalanceContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RebalanceIT extends RebalanceContract {

    private Indices indices;

    RebalanceIT() {
        super("search");
    }

    @BeforeAll
    void startSearch() {
        indices = new Indices();
    }

    @AfterAll
    void closeSearch() {
        indices.close();
    }

    @Override
    protected Map<String, String> sink() {
        return Map.of("WALPOST_SEARCH_URL", indices.server.url(), "WALPOST_SEARCH_CREATE_INDEX", "true");
    }

    @Override
    protected String payload(long order) {
        return OrderRecords.changedPayload(order, 1, "25.00");
    }

    @Override
    protected void assertEachOnce(int orders) throws Exception {
        assertThat(indices.count("orders")).isEqualTo(orders);
        assertThat(indices.version("orders", orders)).isEqualTo(1);
    }
}
