package io.walpost.consumer.lambda.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What comes again after a partial batch response. Lambda's documentation can be read in two ways. */
public enum Redelivery {
    /** In each partition everything from the first record on that the response names, as with a stream. */
    FROM_THE_FIRST {
        @Override
        boolean comesAgain(long offset, Set<Long> named) {
            return offset >= Collections.min(named);
        }
    },
    /** "Just those specific items". */
    JUST_THOSE {
        @Override
        boolean comesAgain(long offset, Set<Long> named) {
            return named.contains(offset);
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    abstract boolean comesAgain(long offset, Set<Long> named);

    /** @throws IllegalStateException if it is not the response to such a batch, which Lambda takes for a failure */
    List<ConsumerRecord<byte[], byte[]>> remaining(List<ConsumerRecord<byte[], byte[]>> batch, String response) {
        Map<String, Set<Long>> named = named(response);
        long known = batch.stream()
                .filter(record ->
                        named.getOrDefault(KafkaEvents.place(record), Set.of()).contains(record.offset()))
                .count();
        if (known != named.values().stream().mapToInt(Set::size).sum()) {
            throw new IllegalStateException("The response names what was not in the event: " + response);
        }
        return batch.stream()
                .filter(record -> {
                    Set<Long> offsets = named.get(KafkaEvents.place(record));
                    return offsets != null && comesAgain(record.offset(), offsets);
                })
                .toList();
    }

    private static Map<String, Set<Long>> named(String response) {
        try {
            JsonNode failures = JSON.readTree(response).required("batchItemFailures");
            return StreamSupport.stream(failures.spliterator(), false)
                    .map(failure -> failure.required("itemIdentifier"))
                    .collect(groupingBy(
                            item -> item.required("partition").textValue(),
                            mapping(item -> item.required("offset").longValue(), toSet())));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException("This is no partial batch response: " + response, e);
        }
    }
}
