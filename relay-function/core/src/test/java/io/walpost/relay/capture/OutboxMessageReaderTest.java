package io.walpost.relay.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.outbox.OutboxMessage;
import io.walpost.relay.pgoutput.ByteView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxMessageReaderTest {

    private static final String ID = "6f0a3c1e-5f0c-4c55-9c0a-0f3d7c0b8a11";

    /** The contract's own example, plus a trace. */
    private static final String EVENT = "{\"id\":\"" + ID
            + "\",\"aggregatetype\":\"order\",\"aggregateid\":\"42\",\"type\":\"OrderPlaced\","
            + "\"timestamp\":\"2026-03-01T12:00:00.123456Z\",\"tracingspancontext\":\"traceparent=00-a-b-01\\n\","
            + "\"payload\":\"{\\\"total\\\":\\\"9.90\\\"}\"}";

    private final OutboxMessageReader reader = new OutboxMessageReader(List.of());

    /** Read out of the middle of a larger frame, as it comes. */
    private static OutboxRow read(OutboxMessageReader reader, byte[] content) {
        byte[] frame = new byte[content.length + 50];
        Arrays.fill(frame, (byte) '"');
        System.arraycopy(content, 0, frame, 20, content.length);
        return reader.read(new ByteView(frame, 20, content.length));
    }

    private OutboxRow read(String content) {
        return read(reader, content.getBytes(UTF_8));
    }

    private static String text(byte[] value) {
        return value == null ? null : new String(value, UTF_8);
    }

    /** The example with one field's JSON put in another's place. */
    private static String with(String field, String json) {
        String without = EVENT.replaceFirst("\"" + field + "\":\"(\\\\.|[^\"\\\\])*\",?", "")
                .replace(",}", "}");
        return json == null ? without : without.substring(0, without.length() - 1) + ",\"" + field + "\":" + json + "}";
    }

    private void assertDefect(String content, String why) {
        OutboxRow row = read(content);
        assertThat(row.defect()).as(content).contains(why);
        assertThat(text(row.payload())).isEqualTo(content);
    }

    @Test
    void readsTheContractsExample() {
        OutboxRow row = read(EVENT);
        assertThat(row.defect()).isNull();
        assertThat(text(row.id())).isEqualTo(ID);
        assertThat(text(row.aggregateType())).isEqualTo("order");
        assertThat(text(row.aggregateId())).isEqualTo("42");
        assertThat(text(row.type())).isEqualTo("OrderPlaced");
        assertThat(text(row.timestamp())).isEqualTo("2026-03-01T12:00:00.123456Z");
        assertThat(text(row.tracingSpanContext())).isEqualTo("traceparent=00-a-b-01\n");
        assertThat(text(row.payload())).isEqualTo("{\"total\":\"9.90\"}");
        assertThat(row.payloadKind()).isEqualTo(PayloadKind.TEXT);
    }

    @Test
    void reliesNeitherOnOrderNorOnSpaceNorOnTheWayOfEscaping() {
        OutboxRow row = read(" \n{ \"payload\" : null ,\r\n\t\"t\\u0079pe\":\"\\u004frder\\u0050laced\", \"timestamp\""
                + ":\"2026-03-01T12:00:00Z\",\"aggregateid\":\"4\\u0032\",\"aggregatetype\":\"order\",\"id\":\"" + ID
                + "\",\"tracingspancontext\":null} ");
        assertThat(row.defect()).isNull();
        assertThat(text(row.type())).isEqualTo("OrderPlaced");
        assertThat(text(row.aggregateId())).isEqualTo("42");
        assertThat(row.payload()).isNull();
        assertThat(row.tracingSpanContext()).isNull();
    }

    static List<String> payloads() {
        return List.of(
                "",
                "\"\\/\b\f\n\r\t\u0001\u0000",
                "Grüße, 世界, 🧾👩‍👩‍👧\u2028\ufeff",
                "{\"a\":1.10, \"a\":2,   \"b\":[ ] }",
                "\\u00e9 stays \\\\ as it is",
                "🧾".repeat(1 << 10),
                "x".repeat(1 << 14));
    }

    @Test
    void keepsAPayloadByteForByteHoweverItIsEscaped() {
        for (String payload : payloads()) {
            for (int escaping = 0; escaping <= 2; escaping++) {
                OutboxRow row = read(with("payload", quoted(payload, escaping)));
                assertThat(row.defect()).isNull();
                assertThat(row.payload()).isEqualTo(payload.getBytes(UTF_8));
            }
        }
    }

    /** 0: only what must be; 1: every second character; 2: every character as its code. */
    private static String quoted(String text, int escaping) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean must = c < ' ' || c == '"' || c == '\\';
            if (escaping == 0 && c >= ' ' && must) {
                json.append('\\').append(c);
            } else if (escaping == 0 && c == '\n') {
                json.append("\\n");
            } else if (must || escaping == 2 || escaping == 1 && i % 2 == 0 && !Character.isSurrogate(c)) {
                json.append(escaping == 1 ? "\\u%04X".formatted((int) c) : "\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "aggregatetype", "aggregateid", "type", "timestamp", "payload"})
    void namesAFieldThatIsMissing(String field) {
        assertDefect(with(field, null), "the field '" + field + "' is missing");
        if (!field.equals("payload")) {
            assertDefect(with(field, "null"), "the field '" + field + "' is missing");
        }
    }

    @Test
    void doesWithoutATrace() {
        assertThat(read(with("tracingspancontext", null)).defect()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "aggregatetype", "aggregateid", "type", "timestamp", "tracingspancontext", "payload"})
    void namesAFieldOfAnotherType(String field) {
        for (String json : List.of("1", "true", "{}", "[\"a\"]")) {
            assertDefect(with(field, json), "the field '" + field + "' is no string");
        }
    }

    @Test
    void refusesAFieldThatOccursTwice() {
        assertDefect(EVENT.replace("}\"}", "}\",\"payload\":null}"), "the field 'payload' occurs twice");
        assertDefect(EVENT.replace("}\"}", "}\",\"p\\u0061yload\":null}"), "the field 'payload' occurs twice");
        assertDefect(EVENT.replace("{\"id\"", "{\"x\":1,\"x\":2,\"id\""), "a field occurs twice");
    }

    @Test
    void passesOverFieldsThatItDoesNotKnow() {
        OutboxRow row = read(EVENT.replace("{\"id\"", "{\"x\":{\"id\":[1,{\"payload\":\"}\"}]},\"y\":-1.5e3,\"id\""));
        assertThat(row.defect()).isNull();
        assertThat(text(row.id())).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "42",
                "{",
                "{\"id\"",
                "{\"id\":",
                "{\"id\":\"unended",
                "{\"id\":\"a\\",
                "{\"id\":\"\\u12",
                "{\"id\":\"\\x41\"}",
                "{\"id\":'a'}",
                "{id:\"a\"}",
                "{\"id\":\"a\",}",
                "{\"id\":\"line\nbreak\"}",
                "{\"x\":01}",
                "{\"x\":NaN}",
                "{} {}",
                "{} x",
                "/* */{}",
                "secret",
            })
    void refusesWhatIsNotOneObject(String content) {
        assertDefect(content, "not one JSON object");
        assertThat(read(content).defect()).doesNotContain("secret");
    }

    @Test
    void refusesOtherEncodings() {
        assertThat(read(reader, EVENT.getBytes(UTF_16BE)).defect()).contains("not one JSON object in UTF-8");
        assertThat(read(reader, ("\ufeff" + EVENT).getBytes(UTF_8)).defect()).contains("not one JSON object in UTF-8");
        String latin = EVENT.replace("9.90", "9.90 \u00a3");
        assertThat(read(reader, latin.getBytes(ISO_8859_1)).defect()).isNotNull();
        assertThat(read(reader, latin.getBytes(UTF_8)).defect()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0AF",
                "E08080",
                "EDA080",
                "EDB080",
                "EDA0BDEDB2A9",
                "F0808080",
                "F4908080",
                "F5808080",
                "80",
                "C3"
            })
    void refusesBytesThatAreNoUtf8(String hex) {
        byte[] content = EVENT.replace("9.90", "@").getBytes(UTF_8);
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        int at = text(content).indexOf('@');
        byte[] damaged = new byte[content.length - 1 + bad.length];
        System.arraycopy(content, 0, damaged, 0, at);
        System.arraycopy(bad, 0, damaged, at, bad.length);
        System.arraycopy(content, at + 1, damaged, at + bad.length, content.length - at - 1);
        assertThat(read(reader, damaged).defect()).contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83e", "\\uddfe", "\\uddfe\\ud83e", "\\ud83e x", "\\ud83e\\u0041", "\\ud83e\\n"})
    void refusesHalfASurrogatePair(String escapes) {
        assertDefect(with("payload", "\"" + escapes + "\""), "half a surrogate pair");
    }

    @Test
    void boundsTheDepthOfWhatItPassesOver() {
        assertDefect(with("x", "[".repeat(10_000) + "]".repeat(10_000)), "not one JSON object");
        assertThat(read(with("x", "[".repeat(50) + "]".repeat(50))).defect()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "id, 6f0a3c1e-5f0c-4c55-9c0a-0f3d7c0b8a1",
        "id, 6f0a3c1e-5f0c-4c55-9c0a-0f3d7c0b8a1g",
        "id, 6f0a3c1e05f0c-4c55-9c0a-0f3d7c0b8a11",
        "aggregateid, ' '",
        "type, ''",
        "timestamp, 2026-02-30T12:00:00Z",
        "timestamp, 2026-03-01T24:00:00Z",
        "timestamp, 2026-03-01 12:00:00Z",
        "timestamp, 2026-03-01T12:00:00",
        "timestamp, 2026-03-01T12:00:00.Z",
        "timestamp, 0000-03-01T12:00:00Z",
        "timestamp, +12026-03-01T12:00:00Z",
        "timestamp, 0001-01-01T00:00:00+01:00",
        "timestamp, 9999-12-31T23:59:59-01:00",
        "timestamp, yesterday",
    })
    void refusesWhatItsColumnWouldRefuse(String field, String value) {
        assertDefect(with(field, "\"" + value + "\""), "the field '" + field + "' is ");
    }

    @Test
    void refusesWhatIsLongerThanItsColumn() {
        assertThat(read(with("type", "\"" + "é".repeat(255) + "\"")).defect()).isNull();
        assertDefect(with("type", "\"" + "é".repeat(256) + "\""), "longer than 255 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.123456789Z, 2026-03-01T12:00:00.123456789Z",
        "2026-03-01T12:00:00.5+02:00, 2026-03-01T10:00:00.500Z",
        "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z",
        "2024-02-29T23:59:59-00:30, 2024-03-01T00:29:59Z",
    })
    void readsATimeWithAnyOffset(String timestamp, String inUtc) {
        assertThat(text(read(with("timestamp", "\"" + timestamp + "\"")).timestamp()))
                .isEqualTo(inUtc);
    }

    @Test
    void makesHeadersOfFurtherFields() {
        OutboxMessageReader configured = new OutboxMessageReader(List.of(
                HeaderColumn.parse("tenant"),
                HeaderColumn.parse("n:x-number"),
                HeaderColumn.parse("o:x-object"),
                HeaderColumn.parse("none"),
                HeaderColumn.parse("absent"),
                HeaderColumn.parse("aggregatetype:aggregate-type")));
        String content = EVENT.replace(
                "{\"id\"", "{\"tenant\":\"\\u00fc\",\"n\":1.10,\"o\":{ \"a\": [\"é\"] },\"none\":null,\"id\"");
        Map<String, String> headers = new LinkedHashMap<>();
        read(configured, content.getBytes(UTF_8)).headers().forEach((name, value) -> headers.put(name, text(value)));
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "tenant",
                        "ü",
                        "x-number",
                        "1.10",
                        "x-object",
                        "{ \"a\": [\"é\"] }",
                        "aggregate-type",
                        "order"));
    }

    /** Whatever a bit flips to: an event, or one with a defect. */
    @Test
    void neverFailsOnDamagedBytes() {
        Random random = new Random(7);
        byte[] content = EVENT.getBytes(UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged =
                    Arrays.copyOf(content, content.length - random.nextInt(2) * random.nextInt(content.length));
            for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(plain(damaged)).isIn(null, any(damaged));
            OutboxRow row = read(reader, damaged);
            assertThat(row.defect() != null || row.id() != null).isTrue();
            if (row.defect() == null && row.payload() != null) {
                assertThat(text(row.payload()).getBytes(UTF_8)).isEqualTo(row.payload());
            }
        }
    }

    /** What the quick scan takes is what the thorough one finds. */
    @Test
    void readsOurWritersFormInOnePass() {
        for (String content : List.of(EVENT, with("payload", "null"), with("payload", "\"\\u00e9\\ud83e\\uddfe\""))) {
            byte[] bytes = content.getBytes(UTF_8);
            assertThat(plain(bytes)).isNotNull().isEqualTo(any(bytes));
        }
        for (String content : List.of(EVENT.replace(",", " ,"), with("x", "1"), EVENT + " ", EVENT + "x", "{}", "{")) {
            assertThat(plain(content.getBytes(UTF_8))).as(content).isNull();
        }
    }

    /** What the quick scan finds; null if it leaves the content to the thorough one, or a value is malformed. */
    private static List<String> plain(byte[] content) {
        MessageFields fields = new MessageFields(OutboxMessage.FIELDS);
        try {
            return fields.findIfPlain(new ByteView(content, 0, content.length)) ? texts(fields) : null;
        } catch (MalformedMessageException e) {
            return null;
        }
    }

    private static List<String> any(byte[] content) {
        MessageFields fields = new MessageFields(OutboxMessage.FIELDS);
        try {
            fields.findInAny(new ByteView(content, 0, content.length));
            return texts(fields);
        } catch (MalformedMessageException e) {
            return List.of(e.getMessage());
        }
    }

    private static List<String> texts(MessageFields fields) throws MalformedMessageException {
        List<String> texts = new ArrayList<>();
        for (int number = 0; number < OutboxMessage.FIELDS.size(); number++) {
            boolean none = fields.isAbsent(number) || fields.isNull(number);
            texts.add(fields.isAbsent(number) + " " + (none ? null : text(fields.text(number))));
        }
        return texts;
    }
}
