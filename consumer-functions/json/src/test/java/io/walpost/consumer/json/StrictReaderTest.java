package io.walpost.consumer.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.consumer.UnprocessableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictReaderTest {

    private static final StrictReader<Parcel> READER =
            new StrictReader<>(StrictReader.strict().build(), Parcel.class, "sent");

    record Parcel(String to, int pieces) {
        Parcel {
            if (pieces < 0) {
                throw new IllegalArgumentException("pieces is negative");
            }
        }
    }

    @Test
    void skipsWhatItDoesNotKnow() throws Exception {
        assertThat(read("{\"to\":\"ada\",\"pieces\":2,\"gift\":{\"wrap\":[1]}}"))
                .isEqualTo(new Parcel("ada", 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"to\":\"secret\"",
                "{\"to\":\"secret\",\"pieces\":2.7}",
                "{\"to\":\"secret\",\"pieces\":\"2\"}",
                "{\"to\":\"secret\",\"pieces\":[2]}",
                "{\"to\":\"secret\",\"pieces\":2} more",
                "secret",
            })
    void refusesWhatIsNotTheJsonThatItExpectsAndQuotesNothing(String payload) {
        assertThatThrownBy(() -> read(payload))
                .isInstanceOf(UnprocessableEventException.class)
                .hasMessageStartingWith("The payload is not the JSON of an OrderSent, at ")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void saysWhatTheConstructorSays() {
        assertThatThrownBy(() -> read("{\"to\":\"ada\",\"pieces\":-1}"))
                .isInstanceOf(UnprocessableEventException.class)
                .hasMessage("The OrderSent cannot be sent: pieces is negative");
        assertThatThrownBy(() -> read("null")).hasMessage("The payload of the OrderSent is null");
    }

    private static Parcel read(String payload) throws UnprocessableEventException {
        return READER.read("OrderSent", payload.getBytes(UTF_8));
    }
}
