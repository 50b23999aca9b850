package io.walpost.outbox.runtime;

/** What a text column of PostgreSQL can hold without loss. */
final class StorableText {

    private StorableText() {}

    /**
     * Checks that a text survives its way into the database byte for byte: PostgreSQL has no text with U+0000, and an
     * unpaired surrogate has no form in UTF-8, so the driver would write a question mark for it.
     *
     * @param component what the text is, for the message; the text itself never gets into it
     * @return the length of the text in bytes of UTF-8
     * @throws IllegalArgumentException saying what is where
     */
    static long requireStorable(String component, String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(component + " holds the character U+0000 at index " + i
                        + ", which PostgreSQL cannot store in a text: leave it out, or encode it");
            }
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (startsPair(text, i)) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException(component + " holds one half of a surrogate pair at index " + i
                        + ", which UTF-8 cannot encode: it was probably cut in the middle of a character");
            }
        }
        return bytes;
    }

    private static boolean startsPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
