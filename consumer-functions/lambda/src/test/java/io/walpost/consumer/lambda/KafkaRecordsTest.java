package io.walpost.consumer.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaRecordsTest {

    private static final String ORDER = "outbox.event.order";

    @Test
    void readsABatchOfAmazonMsk() throws Exception {
        List<List<IncomingRecord>> partitions = KafkaRecords.byPartition(Json.fixture("msk.json"));

        assertThat(partitions).hasSize(2);
        assertThat(partitions.get(0).stream().map(IncomingRecord::coordinates))
                .containsExactly(new RecordCoordinates(ORDER, 0, 15), new RecordCoordinates(ORDER, 0, 18));
        assertThat(partitions.get(1).stream().map(IncomingRecord::coordinates))
                .containsExactly(new RecordCoordinates(ORDER, 11, 3));
        IncomingRecord first = partitions.get(0).get(0);
        assertThat(first.key()).asString(UTF_8).isEqualTo("42");
        assertThat(first.value()).asString(UTF_8).isEqualTo("{\"orderId\":42}");
    }

    @Test
    void readsABatchOfAKafkaOfOnesOwn() throws Exception {
        List<List<IncomingRecord>> partitions = KafkaRecords.byPartition(Json.fixture("self-managed.json"));

        IncomingRecord record = partitions.getFirst().getFirst();
        assertThat(record.coordinates()).isEqualTo(new RecordCoordinates("my-topic-0", 7, 9007199254740993L));
        assertThat(record.key()).as("an empty key, which is not none").isEmpty();
        assertThat(record.value()).containsExactly(0xff, 0xee, 0x00);
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void keepsHeadersAsTheyAre() throws Exception {
        IncomingRecord record =
                KafkaRecords.byPartition(Json.fixture("msk.json")).get(0).get(0);

        assertThat(record.headers().stream().map(RecordHeader::name)).containsExactly("id", "name", "id", "empty");
        assertThat(record.headers().get(0).value()).containsExactly('1', '2');
        assertThat(record.headers().get(1).value()).asString(UTF_8).isEqualTo("José");
        assertThat(record.headers().get(2).value()).containsExactly('3', -128, 127);
        assertThat(record.headers().get(3).value()).isEmpty();
    }

    @Test
    void tellsNoneFromEmpty() throws Exception {
        List<List<IncomingRecord>> partitions = KafkaRecords.byPartition(Json.fixture("msk.json"));

        assertThat(partitions.get(0).get(1).value()).as("a tombstone").isNull();
        IncomingRecord withoutKey = partitions.get(1).get(0);
        assertThat(withoutKey.key()).isNull();
        assertThat(withoutKey.value()).isEmpty();
        assertThat(withoutKey.headers()).singleElement().satisfies(header -> {
            assertThat(header.name()).isEqualTo("nothing");
            assertThat(header.value()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'records':{}}", "{'records':{'t-0':[]}}", "{'records':{'t-0':[],'u-1':[]},'more':1}"})
    void knowsAnEmptyBatch(String json) throws Exception {
        assertThat(KafkaRecords.byPartition(Json.event(quoted(json)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'key':'value'}                                                       | The event has no 'records'; is the function invoked by an event source mapping for Kafka?
            {'records':null}                                                      | The event has no 'records'; is the function invoked by an event source mapping for Kafka?
            {'records':{'t-0':null}}                                              | The event's 't-0' has no list of records
            {'records':{'t-0':[null]}}                                            | A record of the event's 't-0' has no topic
            {'records':{'t-0':[{'partition':0,'offset':1}]}}                      | A record of the event's 't-0' has no topic
            {'records':{'t-1':[{'topic':'t','offset':1}]}}                        | The event lists the record t-0@1 as one of 't-1'
            {'records':{'t-0':[{'topic':'u','partition':0,'offset':1}]}}          | The event lists the record u-0@1 as one of 't-0'
            {'records':{'t-0':[{'topic':'t','partition':0,'offset':-1}]}}         | The event lists the record t-0@-1, which is no offset
            {'records':{'t-0':[{'topic':'t'},{'topic':'t'}]}}                     | The event lists the record t-0@0 behind the offset 0
            {'records':{'t-0':[{'topic':'t','offset':7},{'topic':'t','offset':6}]}} | The event lists the record t-0@6 behind the offset 7
            {'records':{'t-0':[{'topic':'t','offset':7,'key':'se*cret'}]}}        | The key of the record t-0@7 is not base64
            {'records':{'t-0':[{'topic':'t','offset':7,'value':'{}'}]}}           | The value of the record t-0@7 is not base64
            {'records':{'t-0':[{'topic':'t','offset':7,'headers':[null]}]}}       | A header of the record t-0@7 is null
            """)
    void saysWhatIsNoKafkaRecord(String json, String sentence) {
        assertThatThrownBy(() -> KafkaRecords.byPartition(Json.event(quoted(json))))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage(sentence)
                .hasNoCause();
    }

    @Test
    void refusesNoEventAtAll() throws IOException {
        assertThatThrownBy(() -> KafkaRecords.byPartition(Json.event("null")))
                .isInstanceOf(MalformedEventException.class);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
