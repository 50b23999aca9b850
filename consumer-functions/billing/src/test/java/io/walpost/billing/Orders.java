package io.walpost.billing;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Payloads of order events, as the order service writes them. */
final class Orders {

    private static final AtomicLong IDS = new AtomicLong(1000);

    private Orders() {}

    static long newId() {
        return IDS.incrementAndGet();
    }

    /** Two books for 12.50 each, with the total that is given. */
    static String placed(long orderId, String total) {
        return String.format(Locale.ROOT, """
                {"orderId":%d,"version":1,"customer":"ada","currency":"EUR",\
                "lines":[{"lineId":1,"sku":"book","quantity":2,"unitPrice":12.50}],"total":%s}""", orderId, total);
    }

    static String placed(long orderId) {
        return placed(orderId, "25.00");
    }

    /** A pen for 1.20. */
    static String penAdded(long orderId, int version, String total) {
        return String.format(Locale.ROOT, """
                {"orderId":%d,"version":%d,\
                "line":{"lineId":2,"sku":"pen","quantity":1,"unitPrice":1.20},"total":%s}""", orderId, version, total);
    }

    static String cancelled(long orderId, int version) {
        return String.format(
                Locale.ROOT, "{\"orderId\":%d,\"version\":%d,\"reason\":\"customer asked\"}", orderId, version);
    }
}
