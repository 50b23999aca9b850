package io.walpost.relay.publish;

import io.walpost.relay.failure.RelayException;

/** Makes publishers. A publisher that failed is closed and another one made. */
@FunctionalInterface
public interface PublisherFactory {

    /** @throws RelayException if the settings are wrong, or no broker's name can be resolved */
    EventPublisher create(Acknowledgements acknowledgements) throws RelayException;
}
