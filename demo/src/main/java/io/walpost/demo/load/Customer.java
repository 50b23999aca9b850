package io.walpost.demo.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What one customer wants; the same number always wants the same. */
final class Customer {

    private static final List<String> NAMES = List.of("ada", "barbara", "edsger", "grace", "jim", "leslie", "pat");
    private static final List<String> GOODS = List.of("book", "pen", "lamp", "chair", "desk", "globe");

    private static final int MOST_LINES = 3;
    private static final int MOST_PIECES = 5;
    private static final int DEAREST_CENTS = 10_000;
    private static final double OVERSPENDS = 0.08;
    private static final double ORDERS_MORE = 0.3;
    private static final double CHANGES_MIND = 0.1;
    private static final double WANTS_TO_BE_FORGOTTEN = 0.05;
    private static final double LOOKS = 0.7;

    private final Random random;

    Customer(long number) {
        this.random = new Random(number * 1_000_003);
    }

    String name() {
        return pick(NAMES);
    }

    List<Item> items() {
        return IntStream.rangeClosed(1, 1 + random.nextInt(MOST_LINES))
                .mapToObj(line -> item())
                .toList();
    }

    Item item() {
        return new Item(
                pick(GOODS), 1 + random.nextInt(MOST_PIECES), BigDecimal.valueOf(1 + random.nextInt(DEAREST_CENTS), 2));
    }

    /** More than the order service gives credit for: the whole order is rolled back. */
    List<Item> itemsBeyondCredit() {
        return List.of(item(), new Item("yacht", 1, new BigDecimal("99999.99")));
    }

    boolean overspends() {
        return random.nextDouble() < OVERSPENDS;
    }

    /** How many lines are added to the order later. */
    int furtherLines() {
        return random.nextDouble() < ORDERS_MORE ? 1 + random.nextInt(2) : 0;
    }

    boolean cancels() {
        return random.nextDouble() < CHANGES_MIND;
    }

    /** Has the order erased in the end. */
    boolean wantsToBeForgotten() {
        return random.nextDouble() < WANTS_TO_BE_FORGOTTEN;
    }

    /** Reads the order after a change. */
    boolean looks() {
        return random.nextDouble() < LOOKS;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
