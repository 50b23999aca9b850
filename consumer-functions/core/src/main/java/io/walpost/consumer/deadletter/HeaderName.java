package io.walpost.consumer.deadletter;

/** A header's name as JSON in PostgreSQL can hold it: without NUL, and to be read back as it was. */
final class HeaderName {

    private HeaderName() {}

    static String escape(String name) {
        return name.replace("\\", "\\\\").replace("\0", "\\0");
    }

    static String unescape(String escaped) {
        StringBuilder name = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char character = escaped.charAt(i);
            if (character == '\\' && i + 1 < escaped.length()) {
                i++;
                name.append(escaped.charAt(i) == '0' ? '\0' : escaped.charAt(i));
            } else {
                name.append(character);
            }
        }
        return name.toString();
    }
}
