package io.walpost.relay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRoutingTest {

    @ParameterizedTest
    @CsvSource({
        "outbox.event.{aggregatetype}, Order, outbox.event.Order",
        "{aggregatetype}, Order, Order",
        "{aggregatetype}.events, Order, Order.events",
        "eu-{aggregatetype}_v1, Order, eu-Order_v1",
        "all-events, Order, all-events",
        "all-events, no topic at all!, all-events",
    })
    void fillsInTheTemplate(String template, String aggregateType, String topic) {
        assertThat(new TopicRouting(template, Map.of()).topic(aggregateType)).isEqualTo(topic);
    }

    @Test
    void letsAnOverrideWinWhateverTheAggregateTypeIs() {
        TopicRouting routing =
                new TopicRouting("outbox.event.{aggregatetype}", Map.of("Order", "orders", "Grüße 1", "greetings"));
        assertThat(routing.topic("Order")).isEqualTo("orders");
        assertThat(routing.topic("Grüße 1")).isEqualTo("greetings");
        assertThat(routing.topic("order")).isEqualTo("outbox.event.order");
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "{type}, a placeholder other than {aggregatetype}",
        "{AggregateType}, a placeholder other than",
        "outbox.{aggregatetype, a placeholder other than",
        "outbox.aggregatetype}, a placeholder other than",
        "{aggregatetype}.{aggregatetype}, more than once",
        "outbox/{aggregatetype}, Kafka takes only letters",
        "outbox events, Kafka takes only letters",
        "., neither . nor ..",
    })
    void refusesATemplateThatMakesNoTopic(String template, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicRouting(template, Map.of()))
                .withMessageContaining("walpost.relay.topic.template '" + template + "'")
                .withMessageContaining(why);
    }

    @Test
    void leavesRoomForAnAggregateType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicRouting("x".repeat(249) + "{aggregatetype}", Map.of()))
                .withMessageContaining("250 characters")
                .withMessageContaining("an aggregate type of one letter");
        assertThatCode(() -> new TopicRouting("x".repeat(248) + "{aggregatetype}", Map.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"Order, my orders", "Order, ''", "Order, .."})
    void refusesAnOverrideThatIsNoTopic(String aggregateType, String topic) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicRouting("{aggregatetype}", Map.of(aggregateType, topic)))
                .withMessageContaining("walpost.relay.topic.overrides.\"Order\" = '" + topic + "'");
    }

    @ParameterizedTest
    @CsvSource({".", "..", "a/b"})
    void refusesAnAggregateTypeThatMakesNoTopic(String aggregateType) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicRouting("{aggregatetype}", Map.of()).topic(aggregateType))
                .withMessageContaining("'" + aggregateType + "'");
    }

    @Test
    void remembersTopicsHoweverManyAggregateTypesThereAre() {
        TopicCache cache = new TopicCache(TopicRouting.byDefault());
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(cache.topic(("type-" + i).getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo("outbox.event.type-" + i);
            }
        }
    }
}
