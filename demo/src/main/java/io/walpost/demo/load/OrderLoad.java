package io.walpost.demo.load;

import io.walpost.demo.stage.DemoException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Customers who place a number of orders, several at a time, and look at them; some add lines, some cancel, some have
 * everything erased, some order beyond their credit. A request that fails is counted and made anew, so the load outlives a restart of any part.
 */
public final class OrderLoad implements AutoCloseable {

    private static final int WORKERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final OrderClient client;
    private final int orders;
    private final double rate;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().name("customer-", 1).factory());

    private final AtomicLong tickets = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Set<Long> rolledBack = ConcurrentHashMap.newKeySet();
    private volatile boolean finishing;
    private volatile DemoException defeat;
    private volatile long lastSuccess;
    private long began;

    /**
     * @param orders how many orders are to be committed
     * @param rate how many a second; 0 for as many as possible
     */
    public OrderLoad(URI service, int orders, double rate) {
        this.client = new OrderClient(service);
        this.orders = orders;
        this.rate = rate;
    }

    public void start() {
        began = System.nanoTime();
        lastSuccess = began;
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.submit(this::work);
        }
        workers.shutdown();
    }

    private void work() {
        try {
            for (long ticket = tickets.incrementAndGet();
                    ticket <= orders && !finishing;
                    ticket = tickets.incrementAndGet()) {
                awaitTurn(ticket);
                serve(new Customer(ticket));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DemoException e) {
            defeat = e;
            workers.shutdownNow();
        } catch (RuntimeException e) {
            defeat = new DemoException("Placing orders failed by a defect: " + e, e);
            workers.shutdownNow();
        }
    }

    private void awaitTurn(long ticket) throws InterruptedException {
        if (rate > 0) {
            long due = began + (long) (ticket / rate * TimeUnit.SECONDS.toNanos(1));
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }

    private void serve(Customer customer) throws InterruptedException {
        if (customer.overspends()) {
            note(client.place(customer.name(), customer.itemsBeyondCredit()));
        }
        long orderId = place(customer);
        look(customer, orderId);
        for (int line = customer.furtherLines(); line > 0; line--) {
            if (!note(client.addLine(orderId, customer.item()))) {
                return;
            }
            look(customer, orderId);
        }
        if (customer.cancels()) {
            note(client.cancel(orderId, "changed my mind"));
            look(customer, orderId);
        }
        if (customer.wantsToBeForgotten()) {
            note(client.delete(orderId));
            look(customer, orderId);
        }
    }

    /** Through the cache: what is read is there from then on, until an event takes it out. */
    private void look(Customer customer, long orderId) throws InterruptedException {
        if (customer.looks()) {
            client.read(orderId);
        }
    }

    /** Until it succeeds: a part that was killed comes back. */
    private long place(Customer customer) throws InterruptedException {
        while (true) {
            Answer answer = client.place(customer.name(), customer.items());
            if (note(answer)) {
                committed.incrementAndGet();
                return ((Answer.Committed) answer).orderId();
            }
            if (System.nanoTime() - lastSuccess > PATIENCE.toNanos()) {
                throw new DemoException("The order service has committed nothing for " + PATIENCE.toSeconds()
                        + " s; the last answer was: " + answer);
            }
            Thread.sleep(PAUSE);
        }
    }

    /** @return whether the change is committed */
    private boolean note(Answer answer) {
        return switch (answer) {
            case Answer.Committed(long orderId, int version) -> {
                changes.incrementAndGet();
                lastSuccess = System.nanoTime();
                yield true;
            }
            case Answer.Deleted deleted -> {
                changes.incrementAndGet();
                yield true;
            }
            case Answer.RolledBack(long orderId) -> {
                rolledBack.add(orderId);
                yield false;
            }
            case Answer.Unknown unknown -> {
                failures.incrementAndGet();
                yield false;
            }
        };
    }

    /** Lets nobody begin any more. */
    public void finish() {
        finishing = true;
    }

    /**
     * True when all orders are placed.
     *
     * @throws DemoException if the order service commits nothing any more
     */
    public boolean done() {
        if (defeat != null) {
            throw defeat;
        }
        return workers.isTerminated();
    }

    public int orders() {
        return orders;
    }

    /** Orders that the service reported as committed. */
    public long committed() {
        return committed.get();
    }

    /** Changes of orders, each of which is an event, that the service reported as committed. */
    public long changes() {
        return changes.get();
    }

    /** Requests whose outcome is not known. */
    public long failures() {
        return failures.get();
    }

    /** The ids of the orders that were rolled back. */
    public Set<Long> rolledBack() {
        return Set.copyOf(rolledBack);
    }

    /** Lets the customers go. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
