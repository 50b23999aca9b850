package io.walpost.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many readers, changes, events that come late, twice and in any order, and entries that are forgotten: once an event was
 * applied, no reader gets what was before it.
 */
class RandomInterleavingTest {

    private static final int RUNS = 150;
    private static final int STEPS = 120;
    private static final int MOST_READERS = 4;

    private static CacheServer server;

    @BeforeAll
    static void start() {
        server = new CacheServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    /** {@code -Dwalpost.cache.seed=…} repeats a run that failed. */
    @ParameterizedTest
    @EnumSource
    void noReaderGetsWhatWasBeforeAnAppliedEvent(CacheMode mode) throws Exception {
        Long wanted = Long.getLong("walpost.cache.seed");
        for (int i = 0; i < (wanted == null ? RUNS : 1); i++) {
            long seed = wanted == null ? System.nanoTime() : wanted;
            try {
                new Run(new OrderModel(mode + "-" + i, server, mode), new Random(seed)).go();
            } catch (AssertionError e) {
                throw new AssertionError("with -Dwalpost.cache.seed=" + seed, e);
            }
        }
    }

    private static final class Run {
        private final OrderModel order;
        private final Random random;
        private final List<OrderModel.Reader> looked = new ArrayList<>();
        private final List<OrderModel.Reader> read = new ArrayList<>();
        private long delivered;

        Run(OrderModel order, Random random) {
            this.order = order;
            this.random = random;
        }

        void go() throws InterruptedException {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            order.checkEnd();
        }

        private void step() throws InterruptedException {
            switch (random.nextInt(12)) {
                case 0 -> order.commit();
                case 1 -> order.commitWithoutVersion();
                case 2, 3 -> deliverNext();
                case 4 -> order.deliver(1 + random.nextLong(order.committed()));
                case 5 -> forgetSometimes();
                case 6, 7, 8 -> lookup();
                case 9, 10 -> moveOn(looked, read, OrderModel.Reader::readDatabase);
                default -> moveOn(read, new ArrayList<>(), OrderModel.Reader::fill);
            }
        }

        private void deliverNext() throws InterruptedException {
            if (delivered < order.committed()) {
                order.deliver(++delivered);
            }
        }

        private void forgetSometimes() {
            if (random.nextInt(3) == 0) {
                order.forget();
            }
        }

        private void lookup() throws InterruptedException {
            if (looked.size() + read.size() < MOST_READERS) {
                OrderModel.Reader reader = order.new Reader();
                reader.lookup();
                looked.add(reader);
            } else {
                order.lookup();
            }
        }

        private void moveOn(List<OrderModel.Reader> from, List<OrderModel.Reader> to, Step step)
                throws InterruptedException {
            if (!from.isEmpty()) {
                OrderModel.Reader reader = from.remove(random.nextInt(from.size()));
                step.take(reader);
                to.add(reader);
            }
        }
    }

    private interface Step {
        void take(OrderModel.Reader reader) throws InterruptedException;
    }
}
