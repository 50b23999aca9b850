package io.walpost.search;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The documents of one bulk request, and its text. */
final class BulkBody {

    /** Far below what OpenSearch takes at once (100 MB), and below what a proxy before it may (10 MB). */
    private static final int LIMIT = 4 << 20;

    /** Few enough that a wave is several requests, which OpenSearch works on side by side. */
    private static final int MOST_DOCUMENTS = 250;

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private int documents;

    private BulkBody() {}

    /** All documents in their order, in as many bodies as their number and size ask for; a document is never divided. */
    static List<BulkBody> of(List<OrderDocument> documents) {
        List<BulkBody> bodies = new ArrayList<>();
        BulkBody last = null;
        for (OrderDocument document : documents) {
            if (last == null || last.isFullFor(document)) {
                last = new BulkBody();
                bodies.add(last);
            }
            last.add(document);
        }
        return bodies;
    }

    private boolean isFullFor(OrderDocument document) {
        return documents == MOST_DOCUMENTS || lines.size() + document.source().length > LIMIT;
    }

    private void add(OrderDocument document) {
        // The id is a number in decimal and needs no escaping. "external" takes only what is newer than what is there.
        String action = "{\"index\":{\"_id\":\"" + document.id() + "\",\"version\":" + document.version()
                + ",\"version_type\":\"external\"}}\n";
        lines.writeBytes(action.getBytes(StandardCharsets.UTF_8));
        lines.writeBytes(document.source());
        lines.write('\n');
        documents++;
    }

    int documents() {
        return documents;
    }

    byte[] bytes() {
        return lines.toByteArray();
    }
}
