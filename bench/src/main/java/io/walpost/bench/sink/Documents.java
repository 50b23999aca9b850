package io.walpost.bench.sink;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.bench.orders.Ledger;
import io.walpost.bench.orders.OrderEvent;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.Site;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The index of orders in OpenSearch, which the function reaches through a {@link BulkProxy} that knows when it answered. */
public final class Documents implements Sink {

    private static final int IDS_AT_ONCE = 1_000;

    // Amounts as they are written, not as the next number of 64 bits.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final BulkProxy proxy;
    private final String alias;

    private Documents(BulkProxy proxy, String alias) {
        this.proxy = proxy;
        this.alias = alias;
    }

    /** @param alias that no other run has */
    public static Documents open(Site site, String alias) {
        return new Documents(BulkProxy.before(site.openSearch().url()), alias);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "WALPOST_SEARCH_URL",
                proxy.url(),
                "WALPOST_SEARCH_INDEX",
                alias,
                "WALPOST_SEARCH_CREATE_INDEX",
                "true");
    }

    @Override
    public String expected(OrderEvent last) {
        return last.after() == null
                ? text(last.version(), "deleted", null, 0)
                : text(
                        last.version(),
                        last.after().status(),
                        last.after().total(),
                        last.after().lines().size());
    }

    private static String text(long version, String status, BigDecimal total, int lines) {
        String amount = total == null ? "" : total.stripTrailingZeros().toPlainString();
        return "version " + version + " " + status + " " + amount + " " + lines;
    }

    @Override
    public Map<Long, String> contents(Ledger ledger) {
        ask("POST", "/_refresh", "");
        int others =
                ask("GET", "/_count", "").path("count").asInt() - ledger.last().size();
        if (others > 0) {
            throw new BenchException("The index has " + others + " documents of orders that nobody has told it of");
        }
        List<Long> orders = List.copyOf(ledger.last().keySet());
        Map<Long, String> contents = new HashMap<>();
        for (int from = 0; from < orders.size(); from += IDS_AT_ONCE) {
            read(orders.subList(from, Math.min(orders.size(), from + IDS_AT_ONCE)), contents);
        }
        return contents;
    }

    private void read(List<Long> orders, Map<Long, String> contents) {
        String ids = JSON.createObjectNode()
                .set(
                        "ids",
                        JSON.valueToTree(orders.stream().map(String::valueOf).toList()))
                .toString();
        for (JsonNode document : ask("POST", "/_mget?_source=status,total,lines.lineId,deleted", ids)
                .path("docs")) {
            if (document.path("found").asBoolean()) {
                JsonNode source = document.path("_source");
                contents.put(
                        document.path("_id").asLong(),
                        text(
                                document.path("_version").asLong(),
                                source.path("deleted").asBoolean()
                                        ? "deleted"
                                        : source.path("status").asText(),
                                source.has("total") ? source.path("total").decimalValue() : null,
                                source.path("lines").size()));
            }
        }
    }

    private JsonNode ask(String method, String path, String body) {
        try {
            return JSON.readTree(proxy.ask(method, "/" + alias + path, body));
        } catch (IOException e) {
            throw new BenchException("OpenSearch does not answer " + path + ": " + e, e);
        }
    }

    @Override
    public Map<Integer, Long> appliedAt(Ledger ledger) {
        Map<Integer, Long> times = new HashMap<>();
        proxy.written().forEach((document, micros) -> ledger.number(document.id(), document.version())
                .ifPresent(number -> times.put(number, micros)));
        return times;
    }

    @Override
    public void close() {
        try (proxy) {
            ask("DELETE", "-*", "");
        }
    }
}
