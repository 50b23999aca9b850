package io.walpost.outbox.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(KeptRows.class)
class OutboxRowTest {

    @Inject
    Outbox outbox;

    @Inject
    EntityManager entityManager;

    @Inject
    OutboxTable table;

    static Stream<String> payloads() {
        return Stream.of(
                "",
                " \t{\"a\" : 1}\n",
                "quotes ' \" ` $$ \\ \\' \\n %s ? :name {d '1'}",
                "first\nsecond\r\nthird\rfourth\u2028fifth",
                "emoji 🦭👩‍👩‍👧 ü е\u0301 \uFEFF \uFFFF \u0001",
                "{\"a\":1,\"a\":2,\"b\":1.0,\"b\":1.00}",
                "1 MB ".repeat(200_000));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void keepsThePayloadByteForByte(String payload) throws SQLException {
        UUID id = publish(OutboxEvent.of("item", "1", "Added", payload));

        assertThat(table.row(id).payload()).isEqualTo(payload.getBytes(UTF_8));
    }

    @Test
    void writesATombstoneAsNull() throws SQLException {
        assertThat(table.row(publish(OutboxEvent.of("item", "1", "Removed", null)))
                        .payload())
                .isNull();
    }

    @Test
    void keepsEveryColumn() throws SQLException {
        UUID id = UUID.randomUUID();
        Instant timestamp = Instant.parse("2026-01-02T03:04:05.678901Z");

        assertThat(publish(new OutboxEvent(id, "Item", "ä 1", "Ädded", timestamp, "{}")))
                .isEqualTo(id);

        assertThat(table.row(id))
                .usingRecursiveComparison()
                .isEqualTo(new OutboxTable.Row("Item", "ä 1", "Ädded", timestamp, "{}".getBytes(UTF_8), null));
    }

    @Test
    void cutsTheTimestampToMicroseconds() throws SQLException {
        Instant timestamp = Instant.parse("2026-01-02T03:04:05.999999999Z");

        UUID id = publish(new OutboxEvent(UUID.randomUUID(), "item", "1", "Added", timestamp, "{}"));

        assertThat(table.row(id).timestamp()).isEqualTo("2026-01-02T03:04:05.999999Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1583-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
    void keepsTheTimestampsOfAllYears(Instant timestamp) throws SQLException {
        UUID id = publish(new OutboxEvent(UUID.randomUUID(), "item", "1", "Added", timestamp, "{}"));

        assertThat(table.row(id).timestamp()).isEqualTo(timestamp);
    }

    @Test
    void losesNoEventWhenThePersistenceContextIsCleared() throws SQLException {
        UUID id = QuarkusTransaction.requiringNew().call(() -> {
            UUID published = outbox.publish(OutboxEvent.of("item", "1", "Added", "{}"));
            entityManager.clear();
            return published;
        });

        assertThat(table.row(id)).isNotNull();
    }

    @Test
    void losesNoEventWhenNothingElseIsFlushed() throws SQLException {
        UUID id = QuarkusTransaction.requiringNew().call(() -> {
            entityManager.unwrap(Session.class).setHibernateFlushMode(FlushMode.MANUAL);
            return outbox.publish(OutboxEvent.of("item", "1", "Added", "{}"));
        });

        assertThat(table.row(id)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "{\"a\":\"\uD83D\"}", "\uDE00", "\uD83D"})
    void refusesAPayloadThatPostgresCannotStore(String payload) throws SQLException {
        long before = table.count();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> publish(OutboxEvent.of("item", "1", "Added", payload)))
                .withMessageContaining("payload holds");

        assertThat(table.count()).isEqualTo(before);
    }

    @Test
    void refusesAnAggregateIdThatPostgresCannotStore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publish(OutboxEvent.of("item", "1\0", "Added", "{}")))
                .withMessageContaining("aggregateId holds");
    }

    @Test
    void refusesAPayloadThatKafkaWouldRefuse() {
        String twoBytesEach = "ü".repeat(500_001);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> publish(OutboxEvent.of("item", "1", "Added", twoBytesEach)))
                .withMessageContaining("1000002 bytes")
                .withMessageContaining("walpost.outbox.max-payload-size")
                .withMessageNotContaining("ü");
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> publish((OutboxEvent) null));
        assertThatNullPointerException()
                .isThrownBy(() -> QuarkusTransaction.requiringNew().call(() -> outbox.publish((Object) null)));
    }

    private UUID publish(OutboxEvent event) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.publish(event));
    }
}
