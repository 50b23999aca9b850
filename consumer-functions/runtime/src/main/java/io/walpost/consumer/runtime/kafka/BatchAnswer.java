package io.walpost.consumer.runtime.kafka;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordCoordinates;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What may be acknowledged of a batch.
 *
 * @param last of each partition the index of the last record before the first one that is to be tried again; none of a
 *     partition whose first record is
 * @param complete whether that is all of the batch
 */
record BatchAnswer(Collection<Integer> last, boolean complete) {

    /** @param records in the order of their partitions */
    static BatchAnswer of(List<IncomingRecord> records, List<Outcome> outcomes) {
        Map<TopicPartition, Integer> last = new LinkedHashMap<>();
        Set<TopicPartition> held = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            RecordCoordinates place = records.get(i).coordinates();
            TopicPartition partition = new TopicPartition(place.topic(), place.partition());
            if (outcomes.get(i) instanceof Outcome.Retry) {
                held.add(partition);
            } else if (!held.contains(partition)) {
                last.put(partition, i);
            }
        }
        return new BatchAnswer(List.copyOf(last.values()), held.isEmpty());
    }
}
