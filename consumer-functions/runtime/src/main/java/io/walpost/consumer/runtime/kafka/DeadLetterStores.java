package io.walpost.consumer.runtime.kafka;

import io.walpost.consumer.DeadLetters;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses where dead letters are kept. */
@Singleton
class DeadLetterStores {

    @Produces
    @Singleton
    DeadLetters store(KafkaDeadLetters topic) {
        return topic;
    }
}
