package io.walpost.consumer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a consumer owes to whoever deploys it, however its records come: each effect once, the order of a key, nothing lost,
 * and every record that is set aside in the table with its cause. A binding says how an instance is started.
 */
@Timeout(300)
public abstract class BindingContract extends BindingStage {

    /** So many attempts at what may be the event's fault. */
    protected static final int ATTEMPTS = 3;

    /** For every binding, so that a case does not take longer than it has to. */
    protected static final Map<String, String> QUICK = Map.of(
            "walpost.consumer.retry.attempts-on-unknown", Integer.toString(ATTEMPTS),
            "walpost.consumer.retry.initial-delay", "20ms",
            "walpost.consumer.retry.max-delay", "200ms");

    private static final String OTHER_GROUP = "another";

    private static final List<String> PLACED = List.of("invoice over 12.50, version 1", "line 1: book");
    protected static final List<String> WITH_A_LINE =
            List.of("invoice over 13.70, version 2", "line 1: book", "line 2: pen");
    private static final List<String> CANCELLED =
            List.of("credit over 13.70, version 3", "invoice over 13.70, version 2", "line 1: book", "line 2: pen");

    @Test
    void appliesTheEventsOfAnOrderInTheirOrder() throws Exception {
        long order = newOrder();
        place(order);
        addLine(order, 2);
        cancel(order, 3);

        awaitAcknowledged();
        assertThat(stateOf(order)).isEqualTo(CANCELLED);
        assertThat(lettersOf(order)).isEmpty();
    }

    @Test
    void appliesEachEventOnceThatComesTwice() throws Exception {
        long order = newOrder();
        for (ProducerRecord<byte[], byte[]> event : List.of(
                topic.event(order, "OrderPlaced", Orders.placed(order)),
                topic.event(order, "OrderLineAdded", Orders.lineAdded(order, 2)),
                topic.event(order, "OrderCancelled", Orders.cancelled(order, 3)))) {
            topic.put(event);
            topic.put(event);
        }

        awaitAcknowledged();
        assertThat(stateOf(order)).isEqualTo(CANCELLED);
        assertThat(lettersOf(order)).isEmpty();
    }

    @Test
    void appliesAnEventOnceThatIsDeliveredTwiceAtTheSameTime() throws Exception {
        awaitAcknowledged();
        topic.beginAtTheEnd(OTHER_GROUP);
        long order = newOrder();
        int claims = database.count("walpost_inbox");
        try (RunningConsumer other = start(OTHER_GROUP, Map.of());
                Connection accountant = database.holding("LOCK TABLE invoice IN ACCESS EXCLUSIVE MODE")) {
            place(order);
            // One has claimed the event and waits for the table, and the other for what becomes of the claim.
            patiently().pollInterval(Duration.ofMillis(10)).until(() -> database.waiting() >= 2);
            accountant.rollback();
            awaitAcknowledged();
            awaitAcknowledged(OTHER_GROUP);
        }

        assertThat(stateOf(order)).isEqualTo(PLACED);
        assertThat(database.count("walpost_inbox")).isEqualTo(claims + 1);
        assertThat(lettersOf(order)).isEmpty();
    }

    @Test
    void passesOverAnEventThatIsNoneOfItsBusiness() throws Exception {
        long order = newOrder();
        int claims = database.count("walpost_inbox");
        put(order, "OrderPraised", "anything");
        place(order);

        awaitAcknowledged();
        assertThat(stateOf(order)).isEqualTo(PLACED);
        assertThat(database.count("walpost_inbox"))
                .as("a later version may know it")
                .isEqualTo(claims + 1);
        assertThat(lettersOf(order)).isEmpty();
    }

    @Test
    void appliesAnEventOfALaterSchema() throws Exception {
        long order = newOrder();
        put(order, "OrderPlaced", Orders.ofALaterSchema(Orders.placed(order)));
        put(order, "OrderLineAdded", Orders.ofALaterSchema(Orders.lineAdded(order, 2)));

        awaitAcknowledged();
        assertThat(stateOf(order)).isEqualTo(WITH_A_LINE);
        assertThat(lettersOf(order)).isEmpty();
    }

    @Test
    void setsAsideWhatIsNotJson() throws Exception {
        long order = newOrder();
        put(order, "OrderPlaced", "{no json");

        awaitAcknowledged();
        assertThat(lettersOf(order)).containsExactly("unprocessable-event");
        assertThat(letter(order, "convert_from(value, 'UTF8')")).isEqualTo("{no json");
        assertThat(letter(order, "error_message")).startsWith("The payload is not the JSON of an OrderPlaced");
        assertThat(letter(order, "event_type")).isEqualTo("OrderPlaced");
        assertThat(stateOf(order)).isEmpty();
    }

    @Test
    void setsAsideATombstone() throws Exception {
        long order = newOrder();
        put(order, "OrderPlaced", null);

        awaitAcknowledged();
        assertThat(lettersOf(order)).containsExactly("unprocessable-event");
        assertThat(letter(order, "value")).isNull();
    }

    @Test
    void setsAsideARecordWithoutKey() throws Exception {
        int partition = 1;
        long offset = topic.put(topic.keyless(partition, "OrderPlaced", Orders.placed(newOrder())));

        awaitAcknowledged();
        assertThat(failureAt(partition, offset)).containsExactly("malformed-record");
    }

    @Test
    void setsAsideARecordThatIsNoEvent() throws Exception {
        long order = newOrder();
        long offset =
                topic.put(topic.record(partitionOf(order), Long.toString(order).getBytes(UTF_8), "{}"));

        awaitAcknowledged();
        assertThat(failureAt(partitionOf(order), offset)).containsExactly("malformed-record");
        assertThat(lettersOf(order)).hasSize(1);
    }

    @Test
    void setsAsideAtOnceWhatTheDatabaseRefuses() throws Exception {
        long order = newOrder();
        long another = newOrder();
        refuse(order);
        double waits = consumer.waits();
        place(order);
        place(another);

        awaitAcknowledged();
        assertThat(lettersOf(order)).containsExactly("constraint-violation");
        assertThat(letter(order, "error_class")).endsWith("PSQLException");
        assertThat(letter(order, "error_message")).contains("violates check constraint");
        assertThat(stateOf(order)).isEmpty();
        assertThat(stateOf(another)).isEqualTo(PLACED);
        assertThat(consumer.waits()).isEqualTo(waits);
        accept(order);
    }

    @Test
    void setsAsideWhatFailedAsOftenAsItMay() throws Exception {
        long order = newOrder();
        database.execute("""
                CREATE SEQUENCE attempts;
                CREATE FUNCTION failing() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM nextval('attempts');
                    RAISE EXCEPTION 'nobody knows why' USING ERRCODE = 'WP001';
                END $$;
                CREATE TRIGGER failing BEFORE INSERT ON invoice
                    FOR EACH ROW WHEN (NEW.order_id = %d) EXECUTE FUNCTION failing();
                """.formatted(order));
        place(order);
        addLine(order, 2);

        awaitAcknowledged();
        assertThat(lettersOf(order)).containsExactly("unknown", "parked");
        assertThat(letter(order, "error_class")).endsWith("PSQLException");
        assertThat(letter(order, "error_message")).contains("nobody knows why");
        assertThat(database.texts("SELECT last_value FROM attempts")).containsExactly(Integer.toString(ATTEMPTS));
        database.execute("DROP TRIGGER failing ON invoice");
        replay(order);
        assertThat(stateOf(order)).isEqualTo(WITH_A_LINE);
    }

    @Test
    void parksTheLaterEventsOfAKeyAndNoOthers() throws Exception {
        long order = newOrder();
        long another = newOrder();
        place(order);
        put(order, "OrderLineAdded", "{no json");
        place(another);
        cancel(order, 3);
        addLine(another, 2);

        awaitAcknowledged();
        assertThat(stateOf(order)).isEqualTo(PLACED);
        assertThat(lettersOf(order)).containsExactly("unprocessable-event", "parked");
        assertThat(stateOf(another)).isEqualTo(WITH_A_LINE);
    }

    @Test
    void skipsOnlyWhatFailedIfItIsToldTo() throws Exception {
        consumeWith(Map.of("walpost.consumer.order", "skip"));
        long order = newOrder();
        place(order);
        put(order, "OrderLineAdded", "{no json");
        addLine(order, 2);
        cancel(order, 3);

        awaitAcknowledged();
        assertThat(stateOf(order)).isEqualTo(CANCELLED);
        assertThat(lettersOf(order)).containsExactly("unprocessable-event");
    }

    @Test
    void endsUpAsWithoutAFailureOnceTheLettersAreReplayed() throws Exception {
        long order = newOrder();
        long unharmed = newOrder();
        refuse(order);
        for (long each : List.of(order, unharmed)) {
            place(each);
            addLine(each, 2);
            cancel(each, 3);
        }
        awaitAcknowledged();
        assertThat(lettersOf(order)).containsExactly("constraint-violation", "parked", "parked");

        accept(order);
        replay(order);

        assertThat(stateOf(order)).isEqualTo(stateOf(unharmed)).isEqualTo(CANCELLED);
        assertThat(unresolvedLettersOf(order)).isEmpty();
    }

    @Test
    void waitsForASinkThatIsDownAndGoesOnByItself() throws Exception {
        long order = newOrder();
        long another = newOrder();
        place(order);
        awaitAcknowledged();
        long acknowledged = acknowledged(order);
        double waits = consumer.waits();
        postgres.kill();
        try {
            addLine(order, 2);
            place(another);
            cancel(order, 3);
            awaitWaits(waits, 2);
            assertThat(acknowledged(order)).isEqualTo(acknowledged);
        } finally {
            postgres.start();
        }

        awaitAcknowledged();
        assertThat(stateOf(order)).isEqualTo(CANCELLED);
        assertThat(stateOf(another)).isEqualTo(PLACED);
        assertThat(lettersOf(order)).isEmpty();
        assertThat(lettersOf(another)).isEmpty();
    }

    @Test
    void hasTimeForASinkThatIsSlow() throws Exception {
        List<Long> placed = List.of(newOrder(), newOrder(), newOrder());
        database.execute("""
                CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_sleep(1.2);
                    RETURN NEW;
                END $$;
                CREATE TRIGGER slow BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION slow();
                """);
        placed.forEach(this::place);

        awaitAcknowledged();
        database.execute("DROP TRIGGER slow ON invoice");
        for (long order : placed) {
            assertThat(stateOf(order)).isEqualTo(PLACED);
            assertThat(lettersOf(order)).isEmpty();
        }
    }

    @Test
    void acknowledgesNoRecordThatTheStoreOfDeadLettersDoesNotTake() throws Exception {
        long order = newOrder();
        long acknowledged = acknowledged(order);
        double waits = consumer.waits();
        database.execute("ALTER TABLE walpost_dead_letter ADD CONSTRAINT closed CHECK (failure = '') NOT VALID");
        try {
            put(order, "OrderPlaced", "{no json");
            place(newOrder());
            awaitWaits(waits, 2);
            assertThat(acknowledged(order)).isEqualTo(acknowledged);
        } finally {
            database.execute("ALTER TABLE walpost_dead_letter DROP CONSTRAINT closed");
        }

        awaitAcknowledged();
        assertThat(lettersOf(order)).containsExactly("unprocessable-event");
    }

    @Test
    void appliesEachEventOnceWhenItIsKilled() throws Exception {
        int many = 200;
        long first = newOrder();
        place(first);
        for (int i = 1; i < many; i++) {
            long order = newOrder();
            topic.send(topic.event(order, "OrderPlaced", Orders.placed(order)));
        }
        topic.flush();
        patiently().until(() -> database.count("invoice WHERE order_id >= " + first) >= 10);

        consumer.kill();
        stopConsumer();
        consumeWith(Map.of());

        awaitAcknowledged();
        assertThat(database.count("invoice WHERE order_id >= " + first)).isEqualTo(many);
        assertThat(database.count("invoice_line WHERE order_id >= " + first)).isEqualTo(many);
        assertThat(database.count("walpost_dead_letter WHERE convert_from(key, 'UTF8')::bigint >= " + first))
                .isZero();
    }

    private String letter(long order, String column) throws Exception {
        return database.texts("SELECT " + column + " FROM walpost_dead_letter WHERE key = '" + order
                        + "' ORDER BY partition, \"offset\"")
                .getFirst();
    }

    private List<String> failureAt(int partition, long offset) throws Exception {
        return database.texts("SELECT failure FROM walpost_dead_letter WHERE partition = " + partition
                + " AND \"offset\" = " + offset);
    }
}
