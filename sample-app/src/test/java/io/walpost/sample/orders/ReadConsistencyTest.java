package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Past HTTP, so that more reads fall between two changes. */
@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class ReadConsistencyTest {

    private static final int ROUNDS = 5;

    @Inject
    OrderService orders;

    @Test
    void readsOrderAndLinesFromTheSameMoment() {
        int reads = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long id = OrderApi.placeBooks();
            CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> fill(id));
            while (!changes.isDone()) {
                assertConsistent(orders.find(id));
                reads++;
            }
            changes.join();
            assertThat(orders.find(id).lines()).hasSize(Order.MAX_LINES);
        }
        assertThat(reads).isGreaterThan(ROUNDS);
    }

    private void fill(long id) {
        for (int line = 1; line < Order.MAX_LINES; line++) {
            orders.addLine(id, new OrderLine("pen", 1, new BigDecimal("1.20")));
        }
    }

    private static void assertConsistent(OrderView order) {
        BigDecimal sum = order.lines().stream()
                .map(line -> line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(order.total()).isEqualByComparingTo(sum);
        assertThat(order.version()).isEqualTo(order.lines().size());
    }
}
