package io.walpost.relay.capture;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.ByteView;

/** The text of a bytea as the session asks for it ({@code bytea_output = 'hex'}): {@code \x} and two digits a byte. */
final class HexBytes {

    private static final int PREFIX_LENGTH = 2;

    private HexBytes() {}

    static byte[] parse(ByteView text) throws RelayException {
        byte[] in = text.array();
        int from = text.offset();
        if (text.length() % 2 != 0 || text.length() < PREFIX_LENGTH || in[from] != '\\' || in[from + 1] != 'x') {
            throw malformed();
        }
        byte[] bytes = new byte[(text.length() - PREFIX_LENGTH) / 2];
        for (int i = 0, at = from + PREFIX_LENGTH; i < bytes.length; i++, at += 2) {
            bytes[i] = (byte) (digit(in[at]) << 4 | digit(in[at + 1]));
        }
        return bytes;
    }

    private static int digit(byte character) throws RelayException {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        if (character >= 'a' && character <= 'f') {
            return character - 'a' + 10;
        }
        throw malformed();
    }

    private static RelayException malformed() {
        return new RelayException(
                FailureKind.PROTOCOL, "The server sent a bytea payload in another form than the hex asked for");
    }
}
