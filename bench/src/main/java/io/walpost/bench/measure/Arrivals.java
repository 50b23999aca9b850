package io.walpost.bench.measure;

import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.Payload;
import io.walpost.bench.site.TopicReader;
import java.time.Duration;
import java.util.BitSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * What a topic tells of a drain when it is over.
 *
 * @param first when the broker appended the first event, in milliseconds since the epoch
 * @param last when the last one of all events had been appended
 * @param duplicates how many records came again
 */
record Arrivals(long first, long last, int duplicates) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MILLIS_PER_SECOND = 1000;

    /**
     * Reads until each of the events has been seen.
     *
     * @throws BenchException if one is missing
     */
    static Arrivals read(TopicReader reader, int events) throws InterruptedException {
        BitSet seen = new BitSet(events);
        long first = Long.MAX_VALUE;
        long last = 0;
        int duplicates = 0;
        for (int count = 0; count < events; ) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(PATIENCE);
            if (records.isEmpty()) {
                throw new BenchException(
                        (events - count) + " of " + events + " events have not arrived; this must not happen");
            }
            for (ConsumerRecord<byte[], byte[]> record : records) {
                int number = Payload.number(record.value());
                if (seen.get(number)) {
                    duplicates++;
                    continue;
                }
                seen.set(number);
                count++;
                first = Math.min(first, record.timestamp());
                last = Math.max(last, record.timestamp());
            }
        }
        return new Arrivals(first, last, duplicates);
    }

    /** Events a second; what took less than a millisecond counts as one. */
    static double rate(long events, long fromMillis, long toMillis) {
        return (double) events * MILLIS_PER_SECOND / Math.max(1, toMillis - fromMillis);
    }
}
