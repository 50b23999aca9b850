package io.walpost.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxEventTest {

    @Test
    void keepsTheCaseOfTheAggregateTypeInTheTopic() {
        assertThat(EventTopics.of("Order")).isEqualTo("outbox.event.Order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "Order", "a.b_c-9"})
    void acceptsWhatKafkaAcceptsInATopic(String aggregateType) {
        assertThat(OutboxEvent.of(aggregateType, "1", "Placed", "{}").aggregateType())
                .isEqualTo(aggregateType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "order placed", "ordér", "order/1", "order\n"})
    void refusesAnAggregateTypeThatNoTopicCanCarry(String aggregateType) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutboxEvent.of(aggregateType, "1", "Placed", "{}"))
                .withMessageContaining("aggregateType");
    }

    @Test
    void refusesWhatDoesNotFitItsColumn() {
        String tooLong = "x".repeat(256);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutboxEvent.of("x".repeat(237), "1", "Placed", "{}"))
                .withMessageContaining("236");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutboxEvent.of("order", tooLong, "Placed", "{}"))
                .withMessageContaining("aggregateId");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutboxEvent.of("order", "1", tooLong, "{}"))
                .withMessageContaining("type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1583-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
    void acceptsATimestampThatTableAndHeaderCanSay(Instant timestamp) {
        assertThat(at(timestamp).timestamp()).isEqualTo(timestamp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1582-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void refusesATimestampThatTableOrHeaderCannotSay(Instant timestamp) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(timestamp))
                .withMessageStartingWith("timestamp " + timestamp + " is not in the years 1583 to 9999");
    }

    private static OutboxEvent at(Instant timestamp) {
        return new OutboxEvent(UUID.randomUUID(), "order", "1", "Placed", timestamp, "{}");
    }

    @Test
    void allowsATombstone() {
        assertThat(OutboxEvent.of("order", "1", "Deleted", null).payload()).isNull();
    }

    @Test
    void printsNeitherPayloadNorAggregateId() {
        OutboxEvent event = OutboxEvent.of("order", "person@example.org", "Placed", "secret");

        assertThat(event)
                .asString()
                .contains(event.id().toString(), "Placed", "order")
                .doesNotContain("secret", "person");
    }
}
