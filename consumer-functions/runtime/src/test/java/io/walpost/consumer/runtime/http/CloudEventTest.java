package io.walpost.consumer.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventTest {

    private static final String ID = "00000000-0000-0000-0000-00000000000a";

    /** As KafkaSource sends a record of the relay. */
    private static Map<String, String> headers() {
        return new HashMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", ID,
                "Ce-Source", "/walpost",
                "ce-type", "OrderPlaced",
                "ce-subject", "42",
                "ce-time", "2026-11-20T08:00:00Z",
                "ce-knativekafkapartition", "3",
                "ce-knativekafkaoffset", "17",
                "content-type", "application/json"));
    }

    private static IncomingRecord record(CloudEvent event) {
        return SourceRecord.of(event, Optional.of("outbox.event.order")).orElseThrow();
    }

    private static Map<String, String> text(IncomingRecord record) {
        return record.headers().stream()
                .collect(Collectors.toMap(RecordHeader::name, header -> new String(header.value(), UTF_8)));
    }

    private static CloudEvent structured(String data) throws NoCloudEventException {
        return StructuredMode.read(("{\"specversion\":\"1.0\",\"id\":\"" + ID + "\",\"source\":\"/walpost\","
                        + "\"type\":\"OrderPlaced\",\"subject\":\"42\",\"knativekafkapartition\":3,"
                        + "\"knativekafkaoffset\":17" + data + "}")
                .getBytes(UTF_8));
    }

    @Test
    void readsTheBinaryMode() throws Exception {
        IncomingRecord record = record(BinaryMode.read(headers().entrySet(), "{\"total\": 12.50}".getBytes(UTF_8)));
        assertThat(record.coordinates()).hasToString("outbox.event.order-3@17");
        assertThat(record.key()).asString(UTF_8).isEqualTo("42");
        assertThat(record.value()).asString(UTF_8).isEqualTo("{\"total\": 12.50}");
        assertThat(text(record))
                .containsEntry("ce_id", ID)
                .containsEntry("ce_type", "OrderPlaced")
                .containsEntry("ce_source", "/walpost")
                .containsEntry("ce_time", "2026-11-20T08:00:00Z")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void decodesWhatIsEscapedInHeaders() throws Exception {
        Map<String, String> headers = headers();
        headers.put("ce-subject", "Z%C3%BCrich 100%25%zz%2");
        assertThat(record(BinaryMode.read(headers.entrySet(), new byte[0])).key())
                .asString(UTF_8)
                .isEqualTo("Zürich 100%%zz%2");
    }

    @Test
    void takesPositionAndTopicFromExtensions() throws Exception {
        Map<String, String> headers = headers();
        headers.put("ce-walpostlsn", "0/16B3748");
        headers.put("ce-walpostcommittedat", "2026-11-20T08:00:00.000001Z");
        headers.put("ce-knativekafkatopic", "other");
        headers.put("ce-key", "43");
        IncomingRecord record = record(BinaryMode.read(headers.entrySet(), new byte[0]));
        assertThat(text(record))
                .containsEntry("walpost-lsn", "0/16B3748")
                .containsEntry("walpost-committed-at", "2026-11-20T08:00:00.000001Z");
        assertThat(record.coordinates()).hasToString("other-3@17");
        assertThat(record.key()).asString(UTF_8).isEqualTo("43");
    }

    @Test
    void tellsATombstoneFromAnEmptyPayload() throws Exception {
        Map<String, String> tombstone = headers();
        tombstone.remove("content-type");
        assertThat(BinaryMode.read(tombstone.entrySet(), new byte[0]).data()).isNull();
        assertThat(BinaryMode.read(headers().entrySet(), new byte[0]).data()).isEmpty();
        assertThat(structured("").data()).isNull();
        assertThat(structured(",\"data\":null").data()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"a\" : [1.50, {\"b\":\"}\"}],\n\"c\":\"ü\" }",
                "[]",
                "12.50",
                "-0.10e3",
                "true",
                "\"text with \\\"quotes\\\" and \\u00fc\"",
                "\"\""
            })
    void keepsTheBytesOfAPayloadInTheStructuredMode(String payload) throws Exception {
        assertThat(record(structured(",\"data\" : " + payload + " ,\"key\":\"43\""))
                        .value())
                .asString(UTF_8)
                .isEqualTo(payload);
        assertThat(structured(",\"datacontenttype\":\"application/json\",\"data\":" + payload)
                        .data())
                .asString(UTF_8)
                .isEqualTo(payload);
    }

    @Test
    void readsAPayloadThatIsNoJsonInTheStructuredMode() throws Exception {
        assertThat(structured(",\"data\":\"a\\nü\",\"datacontenttype\":\"text/plain\"")
                        .data())
                .asString(UTF_8)
                .isEqualTo("a\nü");
        assertThat(structured(",\"data_base64\":\"AP8H\",\"datacontenttype\":\"application/octet-stream\"")
                        .data())
                .containsExactly(0, -1, 7);
    }

    @Test
    void doesNotRefuseAPayloadForItsDepth() throws Exception {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        assertThat(structured(",\"data\":" + deep).data()).asString(UTF_8).isEqualTo(deep);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "no json"})
    void refusesWhatIsNoCloudEvent(String body) {
        assertThatThrownBy(() -> StructuredMode.read(body.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        NoCloudEventException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"specversion\":\"1.0\"}", "{\"specversion\":{}}"})
    void saysWhatIsMissing(String body) throws Exception {
        assertThat(StructuredMode.read(body.getBytes(UTF_8)).flaw()).isPresent();
    }

    @Test
    void refusesAnotherEncoding() {
        byte[] body =
                "{\"specversion\":\"1.0\",\"id\":\"x\",\"source\":\"/\",\"type\":\"t\",\"data\":1}".getBytes(UTF_16);
        assertThatThrownBy(() -> StructuredMode.read(body)).isInstanceOf(NoCloudEventException.class);
    }

    /** Refused, it would be dropped; as a record, it becomes a dead letter. */
    @ParameterizedTest
    @CsvSource({"ce-type, type", "ce-specversion, specversion", "Ce-Source, source", "ce-id, id"})
    void makesARecordOfWhatIsIncompleteOrOfAnotherVersion(String header, String attribute) throws Exception {
        Map<String, String> headers = headers();
        headers.put(header, "");
        CloudEvent blank = BinaryMode.read(headers.entrySet(), new byte[0]);
        assertThat(blank.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("'" + attribute + "'"));
        assertThat(record(blank).coordinates()).hasToString("outbox.event.order-3@17");
        assertThat(text(record(blank))).containsEntry("ce_" + attribute, "");

        headers.remove(header);
        assertThat(record(BinaryMode.read(headers.entrySet(), new byte[0])).coordinates())
                .hasToString("outbox.event.order-3@17");
    }

    @Test
    void understandsOnlyOneVersion() {
        Map<String, String> old = headers();
        old.put("ce-specversion", "0.3");
        assertThat(BinaryMode.read(old.entrySet(), new byte[0]).flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("1.0"));
        assertThat(BinaryMode.read(headers().entrySet(), new byte[0]).flaw()).isEmpty();
    }

    @Test
    void refusesOtherFormats() throws Exception {
        assertThat(StructuredMode.isUsedBy(null)).isFalse();
        assertThat(StructuredMode.isUsedBy("application/json")).isFalse();
        assertThat(StructuredMode.isUsedBy("application/CloudEvents+json; charset=utf-8"))
                .isTrue();
        assertThatThrownBy(() -> StructuredMode.isUsedBy("application/cloudevents-batch+json"))
                .isInstanceOfSatisfying(
                        NoCloudEventException.class, e -> assertThat(e.status()).isEqualTo(415));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-knativekafkapartition", "ce-knativekafkaoffset"})
    void needsThePlaceOfTheRecord(String header) throws Exception {
        Map<String, String> headers = headers();
        headers.remove(header);
        assertThat(SourceRecord.of(BinaryMode.read(headers.entrySet(), new byte[0]), Optional.of("t")))
                .isEmpty();
        headers.put(header, "-1");
        assertThat(SourceRecord.of(BinaryMode.read(headers.entrySet(), new byte[0]), Optional.of("t")))
                .isEmpty();
        assertThat(SourceRecord.of(BinaryMode.read(headers().entrySet(), new byte[0]), Optional.empty()))
                .isEmpty();
    }
}
