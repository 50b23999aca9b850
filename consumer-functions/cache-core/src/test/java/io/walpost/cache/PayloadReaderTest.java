package io.walpost.cache;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.consumer.UnprocessableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {

    @Test
    void readsVersionAndSnapshot() throws Exception {
        Payload payload = read("""
                {"orderId":7,"version":12,"order":{"version":99,"lines":[{"price":12.50}]},"added later":[{}]}""");

        assertThat(payload.version()).hasValue(12);
        assertThat(payload.snapshot()).asString(UTF_8).isEqualTo("{\"version\":99,\"lines\":[{\"price\":12.50}]}");
    }

    @Test
    void takesTheSnapshotByteForByte() throws Exception {
        String snapshot = "{ \"näme\" : \"\\u00e4 😀 }{\" , \"total\" : 1.10e1 }";

        assertThat(read("{\"ö\":\"😀\",\"order\":  " + snapshot + "  }").snapshot())
                .asString(UTF_8)
                .isEqualTo(snapshot);
    }

    @Test
    void takesASnapshotThatIsLargerThanAnyBuffer() throws Exception {
        String snapshot = "{\"text\":\"" + "x".repeat(200_000) + "\"}";

        assertThat(read("{\"order\":" + snapshot + ",\"version\":3}").snapshot())
                .asString(UTF_8)
                .isEqualTo(snapshot);
        assertThat(read("{\"order\":" + snapshot + ",\"version\":3}").version()).hasValue(3);
    }

    @Test
    void readsTheLargestVersion() throws Exception {
        assertThat(read("{\"version\":9223372036854775807}").version()).hasValue(Long.MAX_VALUE);
        assertThat(read("{\"version\":0}").version()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"version\":null}", "{\"lines\":[{\"version\":3}]}", "{\"order\":\"a word\"}"})
    void canDoWithoutEither(String json) throws Exception {
        assertThat(read(json).version()).isEmpty();
        assertThat(read(json).snapshot()).isEmpty();
    }

    @Test
    void findsNothingInATombstone() throws Exception {
        assertThat(PayloadReader.read(null)).isSameAs(Payload.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "42",
                "[]",
                "null",
                "{\"version\":1",
                "{\"version\":1}}",
                "{\"version\":1} secret",
                "{\"version\":1,\"version\":2}",
                "{\"version\":\"1\"}",
                "{\"version\":1.5}",
                "{\"version\":1e3}",
                "{\"version\":-1}",
                "{\"version\":9223372036854775808}",
                "{\"version\":{}}",
                "{\"order\":{\"secret\":}}",
            })
    void refusesWhatIsNoPayloadAndQuotesNothing(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnprocessableEventException.class)
                .hasMessageStartingWith("The ")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void refusesJsonThatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> read("{\"order\":" + "[".repeat(100_000)))
                .isInstanceOf(UnprocessableEventException.class);
    }

    @Test
    void refusesASnapshotInAnotherEncoding() {
        assertThatThrownBy(() -> PayloadReader.read("{\"order\":{}}".getBytes(UTF_16BE)))
                .isInstanceOf(UnprocessableEventException.class)
                .hasMessage("The payload is not UTF-8");
    }

    private static Payload read(String json) throws UnprocessableEventException {
        return PayloadReader.read(json.getBytes(UTF_8));
    }
}
