package io.walpost.consumer.runtime.cli;

/** Where a partition goes on, and where it is to go on. */
record OffsetMove(int partition, long from, long to) {

    /** Records that are delivered again. */
    long again() {
        return Math.max(0, from - to);
    }

    /** Records that have no effect. */
    long passedOver() {
        return Math.max(0, to - from);
    }
}
