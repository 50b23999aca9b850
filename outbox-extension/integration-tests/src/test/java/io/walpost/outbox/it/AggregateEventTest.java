package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.it.ItemEvent.ItemNumber;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(KeptRows.class)
class AggregateEventTest {

    @Inject
    Outbox outbox;

    @Inject
    OutboxTable table;

    @Test
    void publishesARecord() throws SQLException {
        UUID item = UUID.randomUUID();
        Instant before = Instant.now();

        UUID id = publish(new ItemAdded(item, "quote \" 🦭", new BigDecimal("12.50"), Instant.EPOCH));

        OutboxTable.Row row = table.row(id);
        assertThat(row.aggregateType()).isEqualTo("Item");
        assertThat(row.aggregateId()).isEqualTo(item.toString());
        assertThat(row.type()).isEqualTo("ItemAdded");
        assertThat(row.timestamp()).isBetween(before.minusMillis(1), Instant.now());
        assertThat(new String(row.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"" + item
                        + "\",\"name\":\"quote \\\" 🦭\",\"price\":12.50,\"addedAt\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void readsAnAggregateIdThatAnInterfaceDeclares() throws SQLException {
        OutboxTable.Row row = table.row(publish(new ItemEvent.Renamed(new ItemNumber(7), "pen")));

        assertThat(row.aggregateId()).isEqualTo("item-7");
        assertThat(row.type()).isEqualTo("Renamed");
        assertThat(row.payload()).asString().isEqualTo("{\"number\":{\"value\":7},\"name\":\"pen\"}");
    }

    @Test
    void readsAnAggregateIdFromAMethod() throws SQLException {
        OutboxTable.Row row = table.row(publish(new ItemRemoved("A", 3)));

        assertThat(row.aggregateId()).isEqualTo("A/3");
        assertThat(row.payload()).asString().isEqualTo("{\"shelf\":\"A\",\"place\":3}");
    }

    @Test
    void publishesAnOutboxEventThatIsGivenAsAnObject() throws SQLException {
        Object event = OutboxEvent.of("item", "1", "Added", "[]");

        assertThat(table.row(publish(event)).payload()).asString().isEqualTo("[]");
    }

    @Test
    void refusesAClassThatIsNotMarked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publish("an event"))
                .withMessageContaining("java.lang.String")
                .withMessageContaining("@AggregateEvent");
    }

    @Test
    void refusesASubclassThatIsNotMarked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publish(new ItemRemoved("A", 3) {}))
                .withMessageContaining("mark the class itself");
    }

    @Test
    void refusesANullAggregateId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publish(new ItemRemoved(null, 3)))
                .withMessageContaining("@AggregateId of io.walpost.outbox.it.ItemRemoved is null");
    }

    @Test
    void refusesWhatCannotBeWrittenAsJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publish(new Unwritable("1")))
                .withMessageContaining("cannot be written as JSON");
    }

    private UUID publish(Object event) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.publish(event));
    }

    @AggregateEvent(aggregateType = "item")
    record Unwritable(@AggregateId String id) {

        @JsonProperty
        String broken() {
            throw new UnsupportedOperationException("no value");
        }
    }
}
