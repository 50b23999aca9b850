package io.walpost.billing.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.UnprocessableEventException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderEventReaderTest {

    private static final String PLACED = "{\"orderId\":42,\"version\":1,\"customer\":\"ada\",\"currency\":\"EUR\","
            + "\"lines\":[{\"lineId\":1,\"sku\":\"book\",\"quantity\":2,\"unitPrice\":12.50}],\"total\":25.00}";

    private final OrderEventReader reader = new OrderEventReader();

    @Test
    void readsAnOrderExactly() throws Exception {
        assertThat(reader.read(event("OrderPlaced", PLACED)))
                .contains(new OrderPlaced(
                        42,
                        1,
                        "ada",
                        "EUR",
                        List.of(new OrderLine(1, "book", 2, new BigDecimal("12.50"))),
                        new BigDecimal("25.00")));
    }

    @Test
    void doesNotGoThroughBinaryFractions() throws Exception {
        String payload = PLACED.replace("12.50", "1234567890.15")
                .replace("\"quantity\":2", "\"quantity\":1")
                .replace("25.00", "1234567890.15");
        OrderPlaced placed =
                (OrderPlaced) reader.read(event("OrderPlaced", payload)).orElseThrow();
        assertThat(placed.total()).isEqualTo("1234567890.15");
    }

    @Test
    void keepsTwoDecimalsHoweverTheyAreWritten() throws Exception {
        OrderPlaced placed = (OrderPlaced) reader.read(event("OrderPlaced", PLACED.replace("25.00", "2.5e1")))
                .orElseThrow();
        assertThat(placed.total()).isEqualTo("25.00");
    }

    @Test
    void leavesOtherTypesAlone() throws Exception {
        assertThat(reader.read(event("OrderPraised", "whatever"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "orderId":42,           |                          | is not the JSON
            "version":1,            | "version":0,             | version is not positive
            "version":1,            | "version":null,          | is not the JSON
            "version":1,            | "version":"1",           | is not the JSON
            "customer":"ada"        | "customer":" "           | customer is blank
            "customer":"ada"        | "customer":null          | is not the JSON
            "currency":"EUR"        | "currency":"secret"      | currency is not
            "quantity":2            | "quantity":2.7           | /lines/0/quantity
            "quantity":2            | "quantity":0             | quantity is not positive
            "quantity":2            | "quantity":"secret"      | /lines/0/quantity
            "quantity":2            | "quantity":99999999999   | /lines/0/quantity
            "unitPrice":12.50       | "unitPrice":12.505       | unitPrice has more than two decimals
            "unitPrice":12.50       | "unitPrice":-12.50       | unitPrice is negative
            "unitPrice":12.50       | "unitPrice":"secret"     | /lines/0/unitPrice
            "total":25.00           | "total":25.01            | total is not the sum
            "total":25.00           | "total":1E+999999999     | total is negative or has more
            "total":25.00           | "total":1E-999999999     | total has more than two decimals
            "total":25.00           | "total":NaN              | is not the JSON
            "total":25.00}          | "total":25.00}secret     | is not the JSON
            """)
    @Timeout(5)
    void saysWhatIsWrongAndQuotesNothing(String good, String bad, String message) {
        String payload = PLACED.replace(good, bad == null ? "" : bad);
        assertThat(payload).isNotEqualTo(PLACED);

        UnprocessableEventException e = refusal(event("OrderPlaced", payload));

        assertThat(e).hasMessageContaining(message).hasNoCause();
        assertThat(e.getMessage()).doesNotContain("secret");
    }

    @Test
    void refusesAnEventUnderAnotherOrdersKey() {
        assertThat(refusal(event("OrderCancelled", "{\"orderId\":43,\"version\":3}")))
                .hasMessageContaining("is not the key of its record");
    }

    private UnprocessableEventException refusal(ReceivedEvent event) {
        return catchThrowableOfType(UnprocessableEventException.class, () -> reader.read(event));
    }

    private static ReceivedEvent event(String type, String payload) {
        return new ReceivedEvent(
                new RecordCoordinates("outbox.event.order", 0, 17),
                UUID.randomUUID(),
                "order",
                "42",
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                payload.getBytes(UTF_8),
                Optional.empty());
    }
}
