package io.walpost.outbox.runtime;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.walpost.outbox.OutboxMessage;

/** What an application can set about publishing. */
@ConfigMapping(prefix = "walpost.outbox")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface OutboxConfig {

    /**
     * The largest payload that is accepted, in bytes of UTF-8. A larger one is refused when it is published, while the
     * caller can still do something about it; in the log it would hold up the relay, which never skips an event that
     * Kafka refuses. The default leaves room for key and headers within what Kafka accepts when nothing is configured
     * there (`max.request.size` of the relay's producer and `max.message.bytes` of the topic: 1 MiB, that is 1048576
     * bytes, for all of the record): raise those first. Note that `1M` means 1 MiB here too and leaves no room at all.
     */
    @WithDefault("1000000")
    MemorySize maxPayloadSize();

    /**
     * In the mode `message`, the prefix that marks a logical message as an event: 1 to 63 letters, digits, `.`, `_` and
     * `-`. The relay has to read the same one.
     */
    @WithDefault(OutboxMessage.DEFAULT_PREFIX)
    String messagePrefix();
}
