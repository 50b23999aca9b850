package io.walpost.search;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.UnprocessableEventException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Brings what events say of their orders into the index, a wave at a time. Events that come twice or late change nothing. */
public final class SearchHandler implements BatchHandler {

    private final OrderEventReader reader = new OrderEventReader();
    private final OrderIndex index;

    private SearchHandler(OrderIndex index) {
        this.index = index;
    }

    /** Brings them into the index that an alias names at the time. */
    public static SearchHandler behind(String alias, OpenSearch search) {
        return behind(alias, search, Optional.empty());
    }

    /** @param first makes the index before the first wave; empty if somebody else does */
    static SearchHandler behind(String alias, OpenSearch search, Optional<IndexFirst> first) {
        return new SearchHandler(new OrderIndex(search, alias, first));
    }

    @Override
    public List<Outcome> handle(List<ReceivedEvent> events) throws SinkException, InterruptedException {
        Outcome[] outcomes = new Outcome[events.size()];
        List<OrderDocument> documents = new ArrayList<>(events.size());
        List<Integer> places = new ArrayList<>(events.size());
        for (int i = 0; i < outcomes.length; i++) {
            try {
                Optional<OrderDocument> document = reader.read(events.get(i));
                if (document.isPresent()) {
                    documents.add(document.get());
                    places.add(i);
                } else {
                    outcomes[i] = new Outcome.Ignored();
                }
            } catch (UnprocessableEventException e) {
                outcomes[i] = Outcome.failed(e);
            }
        }
        List<Outcome> indexed = documents.isEmpty() ? List.of() : index.put(documents);
        for (int i = 0; i < indexed.size(); i++) {
            outcomes[places.get(i)] = indexed.get(i);
        }
        return Arrays.asList(outcomes);
    }
}
