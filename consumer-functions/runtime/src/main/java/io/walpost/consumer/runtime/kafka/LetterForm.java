package io.walpost.consumer.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import io.walpost.outbox.DeadLetterHeaders;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How much of its record a dead letter carries, from all to nothing, for topics that take no larger one.
 *
 * <p>The headers that say where the record lay and why it is dead are those of SmallRye's dead-letter queue, so that its
 * tools read these letters too. They come last: on a record that was a dead letter before, the last of a name counts.
 */
enum LetterForm {
    WHOLE,
    WITHOUT_VALUE,
    WITHOUT_CONTENT;

    /** Messages of exceptions know no bounds, and a letter must fit. */
    private static final int LONGEST_TEXT = 2000;

    ProducerRecord<byte[], byte[]> letter(String topic, IncomingRecord record, Outcome.DeadLetter verdict) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                topic, this == WITHOUT_CONTENT ? null : record.key(), this == WHOLE ? record.value() : null);
        if (this != WITHOUT_CONTENT) {
            for (RecordHeader header : record.headers()) {
                letter.headers().add(header.name(), header.value());
            }
        }
        addReason(letter, verdict);
        addPlace(letter, record.coordinates());
        switch (this) {
            case WHOLE -> {}
            case WITHOUT_VALUE ->
                add(letter, DeadLetterHeaders.LEFT_OUT, "value, too large: " + size(record.value()) + " bytes");
            case WITHOUT_CONTENT ->
                add(
                        letter,
                        DeadLetterHeaders.LEFT_OUT,
                        "key, headers and value (" + size(record.value()) + " bytes), too large");
        }
        return letter;
    }

    /** Both the exception and its cause are what made the record a dead letter: nothing wraps it here. */
    private static void addReason(ProducerRecord<byte[], byte[]> letter, Outcome.DeadLetter verdict) {
        Throwable cause = verdict.cause();
        String name = cause.getClass().getName();
        add(letter, DeadLetterHeaders.EXCEPTION_CLASS_NAME, name);
        add(letter, DeadLetterHeaders.KIND, verdict.failure().label());
        add(
                letter,
                DeadLetterHeaders.REASON,
                verdict.failure().label() + ": " + verdict.failure().describe(cause));
        add(letter, DeadLetterHeaders.CAUSE_CLASS_NAME, name);
        add(letter, DeadLetterHeaders.CAUSE, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    private static void addPlace(ProducerRecord<byte[], byte[]> letter, RecordCoordinates place) {
        add(letter, DeadLetterHeaders.TOPIC, place.topic());
        add(letter, DeadLetterHeaders.PARTITION, Integer.toString(place.partition()));
        add(letter, DeadLetterHeaders.OFFSET, Long.toString(place.offset()));
    }

    private static void add(ProducerRecord<byte[], byte[]> letter, String name, String text) {
        String bounded = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        letter.headers().add(name, bounded.getBytes(UTF_8));
    }

    private static int size(byte[] value) {
        return value == null ? 0 : value.length;
    }
}
