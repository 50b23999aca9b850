package io.walpost.bench.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON of events, field for field as the order service writes it. */
final class OrderPayload {

    private static final JsonMapper JSON = new JsonMapper();

    private OrderPayload() {}

    static byte[] placed(OrderState order) {
        Map<String, Object> fields = head(order.id(), order.version());
        fields.put("customer", order.customer());
        fields.put("currency", order.currency());
        fields.put("lines", order.lines());
        fields.put("total", order.total());
        fields.put("order", order);
        return write(fields);
    }

    static byte[] lineAdded(OrderState order) {
        Map<String, Object> fields = head(order.id(), order.version());
        fields.put("line", order.lines().getLast());
        fields.put("total", order.total());
        fields.put("order", order);
        return write(fields);
    }

    static byte[] cancelled(OrderState order) {
        Map<String, Object> fields = head(order.id(), order.version());
        fields.put("reason", order.cancelReason());
        fields.put("order", order);
        return write(fields);
    }

    static byte[] deleted(long orderId, long version) {
        return write(head(orderId, version));
    }

    private static Map<String, Object> head(long orderId, long version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("orderId", orderId);
        fields.put("version", version);
        return fields;
    }

    private static byte[] write(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers and text can be written as JSON", e);
        }
    }
}
