package io.walpost.bench.orders;

import io.walpost.bench.orders.OrderState.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The events of an order service that has some hundred orders in hand: half of them are new orders, the others change one
 * that is open. The same each time. For one thread.
 */
public final class OrderFlow implements Supplier<OrderEvent> {

    private static final int SEED = 20_261;
    private static final int MOST_OPEN = 500;
    private static final int MOST_LINES = 20;
    private static final int CUSTOMERS = 5_000;
    private static final int PRODUCTS = 2_000;
    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "EUR", "USD", "CHF");

    private final Random random = new Random(SEED);
    private final List<OrderState> open = new ArrayList<>();
    private final double unreadable;
    private long orders;
    private int number;

    /** @param unreadable how many of the events consumers cannot make sense of; 0.01 for one in a hundred */
    public OrderFlow(double unreadable) {
        this.unreadable = unreadable;
    }

    /** The next one. */
    @Override
    public OrderEvent get() {
        return open.isEmpty() || random.nextBoolean() ? place() : change(random.nextInt(open.size()));
    }

    private OrderEvent place() {
        List<Line> lines = IntStream.rangeClosed(1, 1 + random.nextInt(4))
                .mapToObj(this::line)
                .toList();
        OrderState order = OrderState.placed(
                ++orders,
                "customer-" + random.nextInt(CUSTOMERS),
                CURRENCIES.get(random.nextInt(CURRENCIES.size())),
                lines);
        if (open.size() < MOST_OPEN) {
            open.add(order);
        } else {
            open.set(random.nextInt(open.size()), order);
        }
        return event(OrderEvent.PLACED, order, OrderPayload.placed(order));
    }

    private OrderEvent change(int place) {
        OrderState order = open.get(place);
        int choice = random.nextInt(100);
        if (choice < 70 && !order.isCancelled() && order.lines().size() < MOST_LINES) {
            OrderState longer = order.with(line(order.lines().size() + 1));
            open.set(place, longer);
            return event(OrderEvent.LINE_ADDED, longer, OrderPayload.lineAdded(longer));
        }
        if (choice < 92 && !order.isCancelled()) {
            OrderState cancelled = order.cancelled("the customer has changed her mind");
            open.set(place, cancelled);
            return event(OrderEvent.CANCELLED, cancelled, OrderPayload.cancelled(cancelled));
        }
        open.remove(place);
        long version = order.version() + 1;
        return new OrderEvent(
                number++,
                order.id(),
                version,
                OrderEvent.DELETED,
                OrderPayload.deleted(order.id(), version),
                true,
                null);
    }

    private OrderEvent event(String type, OrderState order, byte[] payload) {
        boolean readable = random.nextDouble() >= unreadable;
        byte[] written = readable ? payload : Arrays.copyOf(payload, payload.length / 2);
        return new OrderEvent(number++, order.id(), order.version(), type, written, readable, order);
    }

    private Line line(int lineId) {
        return new Line(
                lineId,
                "SKU-%05d".formatted(random.nextInt(PRODUCTS)),
                1 + random.nextInt(5),
                BigDecimal.valueOf(100 + random.nextInt(20_000), 2));
    }
}
