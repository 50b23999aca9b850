package io.walpost.consumer;

import java.time.Clock;
import java.util.Objects;

/**
 * Has single records handled as {@link RecordConsumer} does, with the reactions of the failure table, but puts nothing
 * aside: a dead letter is only its outcome. For records that are dead letters already.
 */
public final class PatientHandler {

    private final RetryingHandler handler;
    private final Suspicions suspicions;

    /** @param patience how long to wait for what passes */
    public PatientHandler(
            BatchHandler handler, RetryPolicy policy, ConsumerListener listener, Clock clock, Patience patience) {
        Objects.requireNonNull(handler, "handler");
        this.suspicions = new Suspicions(policy, clock);
        this.handler = new RetryingHandler(WaveHandler.one(handler), policy, listener, suspicions, clock, patience);
    }

    /**
     * Does not throw: every failure is an outcome. {@link Outcome.Retry} only if the patience has ended. Each call counts the
     * attempts anew.
     */
    public Outcome handle(IncomingRecord record) {
        try {
            return handler.handle(EventReader.read(record));
        } catch (MalformedRecordException malformed) {
            return Outcome.failed(malformed);
        } finally {
            suspicions.forget(record.coordinates());
        }
    }
}
