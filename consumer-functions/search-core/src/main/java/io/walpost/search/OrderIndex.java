package io.walpost.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.consumer.Failure;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.SinkException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The index behind an alias, which keeps of each order the document with the greatest version that it was ever given.
 *
 * <p>Nothing is written unless the alias exists: OpenSearch would otherwise make an index of that name, and guess a mapping.
 * A document that was acknowledged is on disk. Safe for use by several threads.
 */
final class OrderIndex {

    private static final int CONFLICT = 409;

    /** OpenSearch has a thread for each of its processors that writes; more would only wait there. */
    private static final int MOST_IN_FLIGHT = 4;

    private final OpenSearch search;
    private final Optional<IndexFirst> first;
    private final String path;

    /** @param first makes the index; empty if somebody else does */
    OrderIndex(OpenSearch search, String alias, Optional<IndexFirst> first) {
        this.search = search;
        this.first = first;
        // Of the answer only what decides: the messages quote documents, and there is one for each.
        this.path = "/" + alias + "/_bulk?require_alias=true"
                + "&filter_path=items.*.status,items.*.error.type,items.*.error.caused_by.type";
    }

    /**
     * Takes no longer than {@code walpost.search.timeout}, besides what a login takes that has to be asked for.
     *
     * @return what became of each document, in their order
     * @throws SinkException if nothing was done of a request, or nobody knows what
     */
    List<Outcome> put(List<OrderDocument> documents) throws SinkException, InterruptedException {
        Requests requests = search.together();
        if (first.isPresent()) {
            first.get().ensure(requests);
        }
        List<Outcome> outcomes = new ArrayList<>(documents.size());
        Deque<Bulk> inFlight = new ArrayDeque<>();
        try {
            for (BulkBody body : BulkBody.of(documents)) {
                if (inFlight.size() == MOST_IN_FLIGHT) {
                    outcomes.addAll(outcomes(requests, inFlight.remove()));
                }
                inFlight.add(new Bulk(body.documents(), requests.beginLines(path, body.bytes())));
            }
            while (!inFlight.isEmpty()) {
                outcomes.addAll(outcomes(requests, inFlight.remove()));
            }
            return outcomes;
        } finally {
            // After a failure nobody waits for them; what they write is older than whatever comes later, or the same.
            inFlight.forEach(bulk -> bulk.answer().cancel(true));
        }
    }

    private record Bulk(int documents, CompletableFuture<Answer> answer) {}

    private static List<Outcome> outcomes(Requests requests, Bulk bulk) throws SinkException, InterruptedException {
        Answer answer = requests.answerTo(bulk.answer()).orThrow("The bulk request");
        JsonNode items = answer.body().path("items");
        if (items.size() != bulk.documents()) {
            throw new SinkException(
                    Failure.SINK_UNREACHABLE,
                    "The answer to a bulk request is not one of OpenSearch: " + items.size() + " results for "
                            + bulk.documents() + " documents",
                    null);
        }
        List<Outcome> outcomes = new ArrayList<>(bulk.documents());
        items.forEach(item -> outcomes.add(outcome(item.path("index"))));
        return outcomes;
    }

    private static Outcome outcome(JsonNode result) {
        int status = result.path("status").asInt();
        if (status >= 200 && status < 300) {
            return new Outcome.Applied();
        }
        if (status == CONFLICT) {
            // The document that is there is as new, or newer.
            return new Outcome.Duplicate();
        }
        return Outcome.failed(Refusal.ofDocument(status, ErrorName.in(result.path("error"))));
    }
}
