package io.walpost.bench.measure;

import java.time.Duration;

/**
 * Events that are committed at a fixed rate.
 *
 * @param eventsPerSecond how many
 * @param rowsPerTransaction how many of them one transaction commits
 * @param warmUp how long before what comes counts
 * @param measured how long what comes counts
 */
public record Load(int eventsPerSecond, int rowsPerTransaction, Duration warmUp, Duration measured) {

    int transactionsPerSecond() {
        return eventsPerSecond / rowsPerTransaction;
    }

    int transactions() {
        return (int) (transactionsPerSecond() * warmUp.plus(measured).toMillis() / 1000);
    }

    int events() {
        return transactions() * rowsPerTransaction;
    }

    /** How many of them come before what counts. */
    int warmUpEvents() {
        return (int) (transactionsPerSecond() * warmUp.toMillis() / 1000) * rowsPerTransaction;
    }
}
