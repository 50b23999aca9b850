package io.walpost.consumer.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The binary mode of CloudEvents over HTTP (HTTP protocol binding, section 3.1): attributes in headers {@code ce-*}, the
 * payload as it is.
 */
final class BinaryMode {

    private static final String PREFIX = "ce-";
    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 3;

    private BinaryMode() {}

    static boolean isUsedBy(Iterable<Map.Entry<String, String>> headers) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(PREFIX + "specversion")) {
                return true;
            }
        }
        return false;
    }

    /** Of any request: what has no attributes at all is an event of which nothing is known. */
    static CloudEvent read(Iterable<Map.Entry<String, String>> headers, byte[] body) {
        Map<String, String> attributes = new HashMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX)) {
                attributes.put(name.substring(PREFIX.length()), decode(header.getValue()));
            } else if (name.equals("content-type")) {
                attributes.put(CloudEvent.CONTENT_TYPE, header.getValue());
            }
        }
        // A tombstone has no content type; nothing else tells it from a payload that is empty.
        boolean isTombstone = body.length == 0 && !attributes.containsKey(CloudEvent.CONTENT_TYPE);
        return new CloudEvent(attributes, isTombstone ? null : body);
    }

    /** Undoes the percent-encoding of section 3.1.3.2; what is no escape stays. */
    private static String decode(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] text = value.getBytes(ISO_8859_1);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            int escaped = text[i] == '%' ? escape(text, i) : -1;
            if (escaped >= 0) {
                decoded.write(escaped);
                i += ESCAPE_LENGTH - 1;
            } else {
                decoded.write(text[i]);
            }
        }
        return decoded.toString(UTF_8);
    }

    /** The byte that is escaped there; negative if none is. */
    private static int escape(byte[] text, int at) {
        if (at + ESCAPE_LENGTH > text.length) {
            return -1;
        }
        int high = Character.digit(text[at + 1], HEX);
        int low = Character.digit(text[at + 2], HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }
}
