package io.walpost.consumer.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.walpost.consumer.RecordCoordinates;
import java.util.List;

/**
 * The partial batch response of a Kafka event source: which records of the batch are to be delivered again. All others,
 * and all of them if it names none, are done with.
 *
 * <p>Its form is that of the section "PartialBatchResponse" in
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html">Configuring error handling
 * controls for Kafka event sources</a> of the AWS Lambda Developer Guide. Unlike that of Amazon SQS and Kinesis its
 * {@code itemIdentifier} is an object, whose {@code partition} is the topic and the number of the partition, joined by a
 * hyphen. An identifier that was not in the event makes Lambda deliver the whole batch again.
 *
 * <p>That page says that "just those specific items" are retried; how Lambda proceeds behind the first of them in a
 * partition it does not say. So all of them are named, and not only the first of each partition: nothing is lost if
 * Lambda delivers those alone, and it makes no difference if it goes back to the first of them.
 */
record BatchResponse(@JsonProperty("batchItemFailures") List<ItemFailure> batchItemFailures) {

    /** One record that is to come again. */
    record ItemFailure(@JsonProperty("itemIdentifier") ItemIdentifier itemIdentifier) {}

    /**
     * Where the record lies.
     *
     * @param partition as in {@code outbox.event.order-0}, which is also the record's place in the event
     */
    record ItemIdentifier(
            @JsonProperty("partition") String partition,
            @JsonProperty("offset") long offset) {}

    static BatchResponse again(List<RecordCoordinates> records) {
        return new BatchResponse(records.stream()
                .map(record ->
                        new ItemFailure(new ItemIdentifier(record.topic() + "-" + record.partition(), record.offset())))
                .toList());
    }
}
