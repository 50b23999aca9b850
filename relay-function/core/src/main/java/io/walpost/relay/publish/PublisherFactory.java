package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.RelayException;

/** Makes publishers. A publisher that failed is closed and another one made. */
@FunctionalInterface
public interface PublisherFactory {

    /**
     * @param history in which the positions of the events compare
     * @param acknowledgements hears what becomes of the events
     * @throws RelayException if the settings are wrong, or no broker's name can be resolved
     */
    EventPublisher create(WalHistory history, Acknowledgements acknowledgements) throws RelayException;
}
