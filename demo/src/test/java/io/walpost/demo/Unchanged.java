package io.walpost.demo;

import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** True when a number is what it was when last looked at. */
final class Unchanged implements Callable<Boolean> {

    private final LongSupplier number;
    private long last = -1;

    Unchanged(LongSupplier number) {
        this.number = number;
    }

    @Override
    public Boolean call() {
        long now = number.getAsLong();
        boolean unchanged = now == last;
        last = now;
        return unchanged;
    }
}
