package io.walpost.sample.orders.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.walpost.sample.orders.OrderView;
import java.util.List;

/** What OpenSearch answers to a search, as far as it is of interest. */
record SearchAnswer(Hits hits) {

    record Hits(Total total, List<Hit> hits) {}

    record Total(long value) {}

    record Hit(@JsonProperty("_source") OrderView order) {}

    FoundOrders toFoundOrders() {
        return new FoundOrders(
                hits.total().value(), hits.hits().stream().map(Hit::order).toList());
    }
}
