package io.walpost.demo.faults;

import io.walpost.demo.load.OrderClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Reads orders through the cache, over and over, and so fills it while events invalidate it. */
final class Readers implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final OrderClient client;
    private final LongSupplier orders;
    private final AtomicLong found = new AtomicLong();
    private final Thread thread;

    /** @param orders how many there are about, by their ids */
    Readers(URI service, LongSupplier orders) {
        this.client = new OrderClient(service);
        this.orders = orders;
        this.thread = Thread.ofPlatform().daemon().name("reader").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                long highest = Math.max(1, orders.getAsLong());
                if (client.read(ThreadLocalRandom.current().nextLong(1, highest + 1))
                        .isPresent()) {
                    found.incrementAndGet();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many reads found their order. */
    long found() {
        return found.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
