package io.walpost.relay.publish.parked;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedCodec;
import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.ParkedLog;
import io.walpost.relay.poison.ParkedRecord;
import io.walpost.relay.poison.ParkedRecord.Parked;
import io.walpost.relay.poison.ParkedRecord.Released;
import io.walpost.relay.poison.Parking;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Which keys are parked, as the topic says, for a command. Used by one thread. */
final class ParkedView implements AutoCloseable {

    private static final long BREATH_MILLIS = 5;

    private final ParkedLog log;
    private final Map<ParkedKey, Parking> parked = new LinkedHashMap<>();

    /** Reads the topic. Takes over the log. */
    ParkedView(ParkedLog log, Duration limit) throws RelayException, InterruptedException {
        this.log = log;
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            Optional<ParkedLog.Snapshot> snapshot = log.snapshot();
            while (snapshot.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new RelayException(
                            FailureKind.KAFKA_UNAVAILABLE, "The topic of parked keys could not be read in time");
                }
                TimeUnit.MILLISECONDS.sleep(BREATH_MILLIS);
                snapshot = log.snapshot();
            }
            snapshot.get().records().forEach(this::apply);
        } catch (RelayException | InterruptedException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Those that are parked by now. Not to be kept: the next call changes it. */
    Map<ParkedKey, Parking> current() {
        for (ParkedCodec.Entry entry = log.poll(); entry != null; entry = log.poll()) {
            apply(entry.record());
        }
        return parked;
    }

    private void apply(ParkedRecord record) {
        switch (record) {
            case Parked(ParkedKey key, Parking parking) -> parked.put(key, parking);
            case Released(ParkedKey key) -> parked.remove(key);
            case ParkedRecord.ReleaseRequest ignored -> {}
            case ParkedRecord.RequestDone ignored -> {}
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
