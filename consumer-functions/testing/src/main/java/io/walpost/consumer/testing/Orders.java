package io.walpost.consumer.testing;

import java.util.Locale;

/** Payloads of order events, as the order service writes them. */
public final class Orders {

    private Orders() {}

    /** With one line for 12.50. */
    public static String placed(long order) {
        return String.format(Locale.ROOT, """
                {"orderId":%d,"version":1,"customer":"ada","currency":"EUR",\
                "lines":[{"lineId":1,"sku":"book","quantity":1,"unitPrice":12.50}],"total":12.50}""", order);
    }

    /** One for 1.20 more. With a version that is not the next, the total does not fit, and the event is refused. */
    public static String lineAdded(long order, int version) {
        return String.format(Locale.ROOT, """
                {"orderId":%d,"version":%d,\
                "line":{"lineId":%d,"sku":"pen","quantity":1,"unitPrice":1.20},"total":%.2f}""", order, version, version, 12.50 + 1.20 * (version - 1));
    }

    public static String cancelled(long order, int version) {
        return String.format(
                Locale.ROOT, "{\"orderId\":%d,\"version\":%d,\"reason\":\"customer asked\"}", order, version);
    }

    /** The same from a producer that is ahead of its consumers. */
    public static String ofALaterSchema(String payload) {
        return payload.replaceFirst("\\{", "{\"gift\":{\"wrap\":[1,2]},\"channel\":null,");
    }
}
