package io.walpost.bench.site;

import java.nio.charset.StandardCharsets;

/**
 * What an event carries: JSON that begins with the event's number, so that a reader can tell which event it has.
 * About half of the rest differs from event to event, which lz4 packs about as well as real JSON.
 */
public final class Payload {

    private static final String PREFIX = "{\"n\":\"";
    private static final int DIGITS = 10;

    /** Of the SQL function {@code bench_payload(number, size)}. */
    static final String FUNCTION = """
            CREATE FUNCTION bench_payload(number bigint, size integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
              SELECT '%s' || lpad(number::text, %d, '0') || '","lines":"'
                || left(string_agg(md5(number || '-' || i) || 'one line of an order, sku, price', ''), size - 28)
                || '"}'
              FROM generate_series(1, (size + 63) / 64) i
            $$
            """.formatted(PREFIX, DIGITS);

    private Payload() {}

    /** The number of the event whose payload this is. */
    public static int number(byte[] payload) {
        if (payload == null || payload.length < PREFIX.length() + DIGITS) {
            throw new BenchException("A record in the topic is no event of the benchmark");
        }
        String digits = new String(payload, PREFIX.length(), DIGITS, StandardCharsets.US_ASCII);
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new BenchException("A record in the topic is no event of the benchmark", e);
        }
    }
}
