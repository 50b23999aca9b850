package io.walpost.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

    @Test
    void allowsATombstone() {
        assertThat(OutboxEvent.of("order", "1", "Deleted", null).payload()).isNull();
    }

    @Test
    void neverPrintsItsPayload() {
        assertThat(OutboxEvent.of("order", "1", "Placed", "secret")).asString().doesNotContain("secret");
    }
}
