package io.walpost.bench.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private int number;

    private OrderEvent event(long orderId, long version, String type, boolean readable) {
        return new OrderEvent(number++, orderId, version, type, new byte[0], readable, null);
    }

    private Ledger told(Rules rules, OrderEvent... events) {
        Ledger ledger = new Ledger(rules);
        Stream.of(events).forEach(ledger::delivered);
        return ledger;
    }

    @Test
    void whatComesAgainIsADuplicate() {
        OrderEvent placed = event(7, 1, OrderEvent.PLACED, true);
        OrderEvent longer = event(7, 2, OrderEvent.LINE_ADDED, true);
        Ledger ledger = told(Rules.CACHE, placed, longer, placed, longer);
        assertThat(ledger.count(Fate.APPLIED)).isEqualTo(2);
        assertThat(ledger.count(Fate.DUPLICATE)).isEqualTo(2);
        assertThat(ledger.last().get(7L).version()).isEqualTo(2);
        assertThat(ledger.number(7, 1)).hasValue(placed.number());
        assertThat(ledger.number(7, 3)).isEmpty();
    }

    @Test
    void behindADeadLetterEverythingOfTheOrderIsParkedAndNothingOfOthers() {
        Ledger ledger = told(
                Rules.SEARCH,
                event(7, 1, OrderEvent.PLACED, true),
                event(7, 2, OrderEvent.LINE_ADDED, false),
                event(7, 3, OrderEvent.CANCELLED, true),
                event(8, 1, OrderEvent.PLACED, true));
        assertThat(ledger.count(Fate.APPLIED)).isEqualTo(2);
        assertThat(ledger.count(Fate.DEAD_LETTER)).isEqualTo(1);
        assertThat(ledger.count(Fate.PARKED)).isEqualTo(1);
        assertThat(ledger.last().get(7L).version()).isEqualTo(1);
    }

    @Test
    void aConsumerThatSkipsGoesOnBehindADeadLetter() {
        OrderEvent broken = event(7, 2, OrderEvent.LINE_ADDED, false);
        Ledger ledger = told(
                Rules.CACHE,
                event(7, 1, OrderEvent.PLACED, true),
                broken,
                event(7, 3, OrderEvent.CANCELLED, true),
                broken);
        assertThat(ledger.count(Fate.DEAD_LETTER)).isEqualTo(2);
        assertThat(ledger.last().get(7L).version()).isEqualTo(3);
    }

    @Test
    void billingIgnoresThatAnOrderIsErasedUnlessItIsParked() {
        Ledger ledger = told(
                Rules.BILLING,
                event(7, 1, OrderEvent.PLACED, true),
                event(7, 2, OrderEvent.DELETED, true),
                event(8, 1, OrderEvent.PLACED, false),
                event(8, 2, OrderEvent.DELETED, true));
        assertThat(ledger.count(Fate.IGNORED)).isEqualTo(1);
        assertThat(ledger.count(Fate.PARKED)).isEqualTo(1);
        assertThat(ledger.last()).containsOnlyKeys(7L);
    }

    @Test
    void deliveriesAreTheSameEachTimeAndGoUpByOneInEachOrder() {
        Deliveries deliveries = new Deliveries(5_000, 0.01, 0.05);
        List<OrderEvent> first = new ArrayList<>();
        deliveries.forEach(first::add);
        List<Long> again = new ArrayList<>();
        deliveries.forEach(event -> again.add(event.orderId()));
        assertThat(first).hasSize(5_250).extracting(OrderEvent::orderId).containsExactlyElementsOf(again);

        Map<Long, Long> versions = new HashMap<>();
        int number = 0;
        for (OrderEvent event : first) {
            if (event.number() == number) {
                assertThat(event.version()).isEqualTo(versions.merge(event.orderId(), 1L, Long::sum));
                assertThat(OrderEvent.number(event.id())).isEqualTo(number);
                number++;
            }
        }
        assertThat(number).isEqualTo(5_000);
        assertThat(first).filteredOn(event -> !event.readable()).hasSizeBetween(20, 100);
    }
}
