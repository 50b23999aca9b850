package io.walpost.sample.orders.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A query in OpenSearch's language. What the caller gave is never more than a value: it is put where values stand, and no
 * query is used that has a syntax of its own.
 */
final class SearchRequest {

    private static final String[] TEXTS = {"customer.words", "lines.sku.words", "cancelReason"};

    private SearchRequest() {}

    static ObjectNode of(SearchQuery query, ObjectMapper json) {
        ObjectNode request = json.createObjectNode();
        request.put("size", query.size());
        ObjectNode bool = request.putObject("query").putObject("bool");
        query.words().ifPresent(words -> addWords(bool.putArray("must"), words));
        ArrayNode filter = bool.putArray("filter");
        query.customer().ifPresent(customer -> addTerm(filter, "customer", customer));
        query.status().ifPresent(status -> addTerm(filter, "status", status.name()));
        // What remains of an erased order, so that no late event of it brings it back.
        addTerm(bool.putArray("must_not"), "deleted", true);
        ArrayNode sort = request.putArray("sort");
        sort.add("_score");
        sort.addObject().put("id", "desc");
        return request;
    }

    private static void addWords(ArrayNode must, String words) {
        ObjectNode match = must.addObject().putObject("multi_match");
        match.put("query", words);
        match.put("type", "cross_fields");
        match.put("operator", "and");
        ArrayNode fields = match.putArray("fields");
        for (String text : TEXTS) {
            fields.add(text);
        }
    }

    private static void addTerm(ArrayNode clauses, String field, Object value) {
        clauses.addObject().putObject("term").putPOJO(field, value);
    }
}
