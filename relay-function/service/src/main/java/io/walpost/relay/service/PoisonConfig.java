package io.walpost.relay.service;

import io.smallrye.config.WithDefault;
import io.walpost.relay.failure.PoisonReaction;

/**
 * What the relay does about an event that cannot be published. retry: wait at it. dead-letter: put it into the
 * dead-letter topic and go on. park: the same, and the later events of its key follow it until it is released. stop: end.
 */
interface PoisonConfig {

    /** Larger than kafka.max.request.size, or than its topic takes. */
    @WithDefault("park")
    PoisonReaction recordTooLarge();

    /** Without an aggregate id. There is no key that could be parked. */
    @WithDefault("dead-letter")
    PoisonReaction noKey();

    /** Without id or type, or of an aggregate type that cannot be part of a topic's name. */
    @WithDefault("park")
    PoisonReaction unroutable();

    /** Kafka takes no topic of that name. */
    @WithDefault("park")
    PoisonReaction topicInvalid();

    /** The relay may not write to the topic. */
    @WithDefault("retry")
    PoisonReaction topicUnauthorised();
}
