package io.walpost.demo.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topic has, record by record, and which of it is not the order service's. */
final class TopicLog implements Predicate<ConsumerRecord<byte[], byte[]>> {

    /** Where a record is, and what it says of itself. */
    record Entry(int partition, long offset, String key, String eventId, String type) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> foreignIds = ConcurrentHashMap.newKeySet();

    /** To be called before such an event is committed. */
    void expectForeign(String eventId) {
        foreignIds.add(eventId);
    }

    /** Hears of each record once; whether it is foreign. */
    @Override
    public boolean test(ConsumerRecord<byte[], byte[]> record) {
        Entry entry = new Entry(
                record.partition(),
                record.offset(),
                new String(record.key(), UTF_8),
                header(record, EventHeaders.ID),
                header(record, EventHeaders.TYPE));
        synchronized (entries) {
            entries.add(entry);
        }
        return foreignIds.contains(entry.eventId());
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    List<Entry> ofKey(String key) {
        synchronized (entries) {
            return entries.stream().filter(entry -> entry.key().equals(key)).toList();
        }
    }
}
