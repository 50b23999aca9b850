package io.walpost.search.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.FunctionTest;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.search.Indices;
import io.walpost.search.OrderRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real function.zip under Lambda's own runtime, with a real OpenSearch. */
@Timeout(300)
class SearchFunctionIT extends FunctionTest {

    /** Four seconds more than the function's margin. */
    private static final Duration TIMEOUT = Duration.ofSeconds(14);

    private static final String ALIAS = "orders";
    private static final int ORDERS = 60;

    private static Indices indices;

    @BeforeAll
    static void startSearch() {
        indices = new Indices();
    }

    @AfterAll
    static void closeSearch() {
        indices.close();
    }

    @Override
    protected String[] migrations() {
        return new String[] {"db/walpost-dead-letters"};
    }

    @Test
    void indexesSetsAsideWhatTheIndexRefusesAndWaitsForOpenSearch() throws Exception {
        function(TIMEOUT, Map.of("WALPOST_SEARCH_URL", indices.server.url(), "WALPOST_SEARCH_CREATE_INDEX", "true"));
        Map<Long, Long> expected = new HashMap<>();
        for (long order = 1; order <= ORDERS; order++) {
            change(order, 1);
            expected.put(order, 1L);
        }
        long refused = ORDERS + 1;
        topic.send(topic.event(refused, "OrderPlaced", OrderRecords.changedPayload(refused, 1, "1e400")));
        topic.send(topic.event(refused, "OrderCancelled", "{no json"));
        long deleted = 8;
        topic.send(topic.event(deleted, "OrderDeleted", OrderRecords.deletedPayload(deleted, 2)));
        // Late, and out of order.
        change(deleted, 1);
        expected.put(deleted, -2L);
        EventSourceMapping mapping = mapping(50, Redelivery.FROM_THE_FIRST);

        mapping.deliverAll();

        assertThat(mapping.answers()).allMatch(NOTHING_FAILED::equals);
        assertThat(indices.versions(ALIAS)).isEqualTo(expected);
        assertThat(database.texts("SELECT failure FROM walpost_dead_letter WHERE key = '" + refused
                        + "' AND consumer = 'search' ORDER BY \"offset\""))
                .containsExactly("sink-refused", "parked");

        change(1, 2);
        change(2, 2);
        deliverThroughAnOutageOf(indices.server, 1, 2);

        expected.put(1L, 2L);
        expected.put(2L, 2L);
        assertThat(indices.versions(ALIAS)).isEqualTo(expected);
        assertThat(database.count("walpost_dead_letter")).isEqualTo(2);
    }

    private void change(long order, long version) {
        topic.send(topic.event(order, "OrderLineAdded", OrderRecords.changedPayload(order, version, "25.00")));
    }
}
