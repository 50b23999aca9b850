package io.walpost.relay.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PgOutputDecoderTest {

    static Stream<byte[]> messages() {
        return Fixtures.messages();
    }

    @Test
    void hasAFixtureForEachMessageThatItKnows() {
        assertThat(messages().map(message -> (char) message[0]).distinct())
                .containsExactlyInAnyOrder('B', 'C', 'O', 'R', 'Y', 'I', 'U', 'D', 'T', 'M');
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesAMessageThatEndsEarly(byte[] message) {
        for (int length = 0; length < message.length; length++) {
            byte[] truncated = Arrays.copyOf(message, length);
            assertThatExceptionOfType(PgOutputException.class)
                    .as("%d of %d bytes", length, message.length)
                    .isThrownBy(() -> decode(truncated))
                    .withMessageContaining(" of " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesAMessageThatEndsEarlyWithinALargerFrame(byte[] message) {
        byte[] frame = new byte[message.length + 64];
        System.arraycopy(message, 0, frame, 25, message.length);
        for (int length = 0; length < message.length; length++) {
            int end = length;
            assertThatExceptionOfType(PgOutputException.class).isThrownBy(() -> PgOutputDecoder.decode(frame, 25, end));
        }
        assertThatCode(() -> PgOutputDecoder.decode(frame, 25, message.length)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesBytesThatAreLeftOver(byte[] message) {
        assertThatExceptionOfType(PgOutputException.class)
                .isThrownBy(() -> decode(Arrays.copyOf(message, message.length + 1)))
                .withMessageContaining("left over");
    }

    /** Whatever a bit flips to: a message, or the one typed error. */
    @ParameterizedTest
    @MethodSource("messages")
    void neverFailsOtherwiseOnDamagedBytes(byte[] message) {
        Random random = new Random(message.length);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = message.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(decode(damaged)).isNotNull();
            } catch (PgOutputException expected) {
                assertThat(expected).hasMessageContaining("Malformed");
            }
        }
    }

    @Test
    void namesAnUnknownTypeAndNeverTheContent() {
        byte[] message = "Zsecret".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThatExceptionOfType(PgOutputException.class)
                .isThrownBy(() -> decode(message))
                .withMessageContaining("'Z'")
                .withMessageContaining("unknown message type")
                .withMessageNotContaining("secret");
    }

    @Test
    void refusesABinaryColumn() {
        byte[] insert = {'I', 0, 0, 0, 1, 'N', 0, 1, 'b', 0, 0, 0, 1, 7};
        assertThatExceptionOfType(PgOutputException.class)
                .isThrownBy(() -> decode(insert))
                .withMessageContaining("binary format");
    }

    private static PgOutputMessage decode(byte[] message) throws PgOutputException {
        return PgOutputDecoder.decode(message, 0, message.length);
    }
}
