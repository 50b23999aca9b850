package io.walpost.relay.service;

import io.walpost.relay.RelayMetrics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes what several beans share. */
final class RelayProducer {

    @Produces
    @Singleton
    RelayMetrics metrics() {
        return new RelayMetrics(Clock.systemUTC());
    }
}
