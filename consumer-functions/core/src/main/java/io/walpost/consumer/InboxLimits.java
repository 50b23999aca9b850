package io.walpost.consumer;

import java.time.Duration;

/**
 * What the upkeep of the inbox allows itself.
 *
 * @param lock how long it waits for a lock, and others behind it
 * @param vacuum how long it waits until an autovacuum gives way, while others do not wait; longer than {@code deadlock_timeout}
 * @param locked how long a statement may take while claims wait for it
 * @param step how long a statement may take while none does; shorter than the timeout of the socket
 * @param scan how long a statement may take that reads all of the default partition, while no claim waits for it
 * @param read up to how many bytes of the default partition may be read while claims wait
 */
record InboxLimits(Duration lock, Duration vacuum, Duration locked, Duration step, Duration scan, long read) {

    static final InboxLimits DEFAULT = new InboxLimits(
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofMinutes(10),
            8L * 1024 * 1024);
}
