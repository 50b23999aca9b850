package io.walpost.consumer.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** Bytes of records for people: as text where they are text. */
final class Bytes {

    private Bytes() {}

    static String text(byte[] bytes) {
        if (bytes == null) {
            return "(none)";
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // A terminal obeys what it is told by control characters.
            return text.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
                    ? base64(bytes)
                    : text;
        } catch (CharacterCodingException e) {
            return base64(bytes);
        }
    }

    static String base64(byte[] bytes) {
        return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
}
