package io.walpost.consumer.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.RecordCoordinates;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchResponseTest {

    private static final BatchResponse TWO = BatchResponse.again(List.of(
            new RecordCoordinates("outbox.event.order", 0, 9007199254740993L),
            new RecordCoordinates("outbox.event.order", 11, 0)));

    private static final String JSON_OF_TWO = """
            {"batchItemFailures":[\
            {"itemIdentifier":{"partition":"outbox.event.order-0","offset":9007199254740993}},\
            {"itemIdentifier":{"partition":"outbox.event.order-11","offset":0}}]}""";

    @Test
    void hasTheFormThatLambdaUnderstands() throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(TWO)).isEqualTo(JSON_OF_TWO);
        assertThat(Json.MAPPER.writeValueAsString(BatchResponse.again(List.of())))
                .isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void keepsItsFormWhateverNamesTheApplicationPrefers() throws Exception {
        JsonMapper snakes = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();

        assertThat(snakes.writeValueAsString(TWO)).isEqualTo(JSON_OF_TWO);
    }
}
