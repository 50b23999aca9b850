package io.walpost.bench.sink;

import io.walpost.bench.orders.Ledger;
import io.walpost.bench.orders.OrderEvent;
import io.walpost.bench.site.FunctionDatabase;
import io.walpost.bench.site.Site;
import java.util.Map;

/** Where the effects of one run of a consumer function are; empty at its beginning. Closing it removes them. */
public interface Sink extends AutoCloseable {

    /** The function's settings by which it finds the sink, as environment variables. */
    Map<String, String> settings();

    /** What there is to be of an order whose last event that was applied is this one. */
    String expected(OrderEvent last);

    /**
     * What there is of each order, in the words of {@link #expected}.
     *
     * @param ledger names the orders, for a sink that cannot list what it has
     */
    Map<Long, String> contents(Ledger ledger);

    /**
     * When effects took place, in microseconds since the epoch, by the number of the event. Of some sinks only those are
     * known that no later one of the same order has covered.
     */
    Map<Integer, Long> appliedAt(Ledger ledger);

    @Override
    void close();

    /** Makes the sink of one run. */
    @FunctionalInterface
    interface Kind {

        /**
         * @param database the function's own
         * @param name that no other run has
         * @param aggregateType of the events
         */
        Sink open(Site site, FunctionDatabase database, String name, String aggregateType);
    }
}
