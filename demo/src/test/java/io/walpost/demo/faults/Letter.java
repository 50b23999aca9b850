package io.walpost.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walpost.demo.stage.ServiceCommand;
import io.walpost.demo.stage.ServiceProcess;
import java.util.ArrayList;
import java.util.List;

/** A dead letter, as {@code dlq list} shows it. */
record Letter(long id, int partition, long offset, String key, String eventId, String type, String failure) {

    static final String PARKED = "parked";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTENTION = 3;

    /** Those of a consumer that are not resolved. */
    static List<Letter> list(ServiceProcess consumer) throws Exception {
        ServiceCommand list = consumer.run("dlq", "list", "--json", "--limit", "1000000");
        assertThat(list.exitCode()).as(list.errors()).isIn(0, ATTENTION);
        List<Letter> letters = new ArrayList<>();
        for (JsonNode letter : JSON.readTree(list.output()).required("letters")) {
            letters.add(new Letter(
                    letter.required("id").asLong(),
                    letter.required("partition").asInt(),
                    letter.required("offset").asLong(),
                    letter.required("key").asText(),
                    letter.required("eventId").asText(),
                    letter.required("type").asText(),
                    letter.required("failure").asText()));
        }
        return letters;
    }

    boolean isParked() {
        return failure.equals(PARKED);
    }

    boolean isOf(TopicLog.Entry entry) {
        return partition == entry.partition() && offset == entry.offset();
    }
}
