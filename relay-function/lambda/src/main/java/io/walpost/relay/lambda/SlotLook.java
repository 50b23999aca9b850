package io.walpost.relay.lambda;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Looks at a slot where it is no failure that the server cannot be asked. */
final class SlotLook {

    private static final Logger LOG = Logger.getLogger(SlotLook.class);

    private SlotLook() {}

    /** Over one short connection. */
    static Optional<SlotStatus> at(PostgresSettings postgres) {
        try (SlotInspector inspector = new SlotInspector(postgres)) {
            return Optional.of(inspector.inspect());
        } catch (RelayException e) {
            LOG.debug("The slot cannot be inspected", e);
            return Optional.empty();
        }
    }
}
