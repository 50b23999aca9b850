package io.walpost.bench.contender;

import io.walpost.bench.site.OutboxDatabase;

/**
 * What a contender is to do: relay what a slot has to Kafka.
 *
 * @param events how many events the slot has; for who has to end after them
 */
public record Assignment(OutboxDatabase database, String slot, String bootstrapServers, long events) {}
