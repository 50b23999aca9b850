package io.walpost.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.demo.load.Answer;
import io.walpost.demo.load.Item;
import io.walpost.demo.load.OrderClient;
import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.Stage;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Events that a consumer cannot process, or should although they look odd; each is followed by changes of the same order
 * that are sound.
 */
final class Poison {

    private static final String UNPROCESSABLE = "unprocessable-event";
    private static final String MALLORY = "mallory";
    private static final Item PEN = new Item("pen", 1, new BigDecimal("1.20"));

    private final OrderClient client;
    private final OrderDatabase database;
    private final SinkMischief mischief;
    private final TopicLog topic;
    private final Set<String> notJson = new HashSet<>();
    private long refusedByBilling;
    private long refusedByCache;
    private long refusedBySearch;

    Poison(Stage stage, TopicLog topic) {
        this.client = new OrderClient(stage.orders().url());
        this.database = new OrderDatabase(stage.databases());
        this.mischief = new SinkMischief(stage);
        this.topic = topic;
    }

    void plant() throws Exception {
        plantUnknownType();
        plantNotJson();
        addLine(database.placeByLaterSchema());
        plantNotJson();

        mischief.refuseInvoicesOf(MALLORY);
        refusedByBilling = place(MALLORY);
        addLine(refusedByBilling);

        refusedByCache = place("ada");
        mischief.occupyEntry(refusedByCache);
        addLine(refusedByCache);

        mischief.mapReasonsAsDates();
        refusedBySearch = place("ada");
        assertThat(client.cancel(refusedBySearch, "too late")).isInstanceOf(Answer.Committed.class);
    }

    private void plantUnknownType() throws SQLException, InterruptedException {
        long orderId = place("ada");
        publish(orderId, "OrderGiftWrapped", "{\"orderId\": " + orderId + ", \"paper\": \"blue\"}");
        addLine(orderId);
    }

    private void plantNotJson() throws SQLException, InterruptedException {
        long orderId = place("ada");
        notJson.add(publish(orderId, "OrderLineAdded", "{\"orderId\": " + orderId + ", \"version\""));
        addLine(orderId);
        addLine(orderId);
    }

    private String publish(long orderId, String type, String payload) throws SQLException {
        UUID eventId = UUID.randomUUID();
        topic.expectForeign(eventId.toString());
        database.publish(eventId, orderId, type, payload);
        return eventId.toString();
    }

    private long place(String customer) throws InterruptedException {
        Answer answer = client.place(customer, List.of(PEN));
        assertThat(answer).isInstanceOf(Answer.Committed.class);
        return ((Answer.Committed) answer).orderId();
    }

    private void addLine(long orderId) throws InterruptedException {
        assertThat(client.addLine(orderId, PEN)).isInstanceOf(Answer.Committed.class);
    }

    /** Whether nothing else can be the letter's cause than what it says. */
    boolean explains(ConsumerFunction function, Letter letter) {
        if (notJson.contains(letter.eventId())) {
            return letter.failure().equals(UNPROCESSABLE);
        }
        return switch (function) {
            case BILLING ->
                letter.failure().equals("constraint-violation") && letter.key().equals("" + refusedByBilling);
            case CACHE_INVALIDATION ->
                letter.failure().equals("sink-refused") && letter.key().equals("" + refusedByCache);
            case SEARCH ->
                letter.failure().equals("sink-refused") && letter.type().equals("OrderCancelled");
        };
    }

    /** The keys of which a consumer must have letters that are not only parked. */
    Set<String> refusedKeys(ConsumerFunction function) {
        return Set.of(Long.toString(
                switch (function) {
                    case BILLING -> refusedByBilling;
                    case CACHE_INVALIDATION -> refusedByCache;
                    case SEARCH -> refusedBySearch;
                }));
    }

    /** The events that nobody can ever process. */
    Set<String> hopeless() {
        return Set.copyOf(notJson);
    }

    /** Takes away what made a consumer's system refuse sound events. */
    void heal(ConsumerFunction function) throws InterruptedException {
        switch (function) {
            case BILLING -> mischief.takeInvoicesAgain();
            case CACHE_INVALIDATION -> mischief.freeEntry(refusedByCache);
            case SEARCH -> mischief.rebuildIndex();
        }
    }
}
