package io.walpost.relay.publish;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;

/**
 * Publishes events in the order in which they are offered, as far as they share a key.
 *
 * <p>A publisher is owned by one thread, which alone calls {@link #offer}; another one may {@link #close} it meanwhile.
 * What it learns later it tells its {@link Acknowledgements}, on a thread of its own.
 */
public interface EventPublisher extends AutoCloseable {

    /**
     * Takes an event, if that is possible without waiting.
     *
     * @param sequence the event's number, which comes back with its acknowledgement
     * @return true if the event is accepted: not yet durable, but certain to be acknowledged or reported as failed,
     *     unless the publisher is closed before; false if there is no room, or nothing is known of the topic yet, and
     *     the same event is to be offered again
     * @throws RelayException if the event can never be accepted as it is
     */
    boolean offer(RoutedEvent event, long sequence) throws RelayException;

    /**
     * Tells that nothing more will be offered until something accepted is acknowledged. A publisher that collects events
     * before it sends them must go on with what it has. Called again and again while that lasts.
     */
    default void windowFull() {}

    /**
     * Whether all that was accepted and not acknowledged waits for more to be offered, so that to wait for its
     * acknowledgement is in vain. A publisher that sends at once what it accepts has nothing that waits so.
     */
    default boolean awaitsMore() {
        return false;
    }

    /**
     * Gives up what is not acknowledged yet, and sends nothing more; some of what was sent may still become durable. Does
     * not throw, and may be called again.
     */
    @Override
    void close();
}
