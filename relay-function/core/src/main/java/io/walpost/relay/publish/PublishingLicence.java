package io.walpost.relay.publish;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;

/**
 * Lets a relay publish until it is revoked, by a thread that cannot wait for the relay's own to come to its end. Safe for
 * use by several threads.
 */
public final class PublishingLicence {

    private boolean revoked;
    private EventPublisher latest;

    /** Makes the publishers that another factory makes, as long as that is allowed. */
    public PublisherFactory publishers(PublisherFactory publishers) {
        return (history, acknowledgements) -> {
            requireValid();
            // Not under the lock: a broker's name may take its time to be resolved.
            EventPublisher publisher = publishers.create(history, acknowledgements);
            if (!admit(publisher)) {
                publisher.close();
                requireValid();
            }
            return publisher;
        };
    }

    private synchronized boolean admit(EventPublisher publisher) {
        if (!revoked) {
            latest = publisher;
        }
        return !revoked;
    }

    private synchronized void requireValid() throws RelayException {
        if (revoked) {
            throw new RelayException(
                    FailureKind.KAFKA_UNAVAILABLE,
                    "This relay has been given up, and publishes nothing any more",
                    null,
                    "Nothing is to be done: the next one goes on where it was.");
        }
    }

    /**
     * Closes the publisher that is at work, and lets no other be made: no event is sent once this has returned. What was
     * sent before may still become durable.
     */
    public void revoke() {
        EventPublisher publisher;
        synchronized (this) {
            revoked = true;
            publisher = latest;
        }
        if (publisher != null) {
            publisher.close();
        }
    }
}
