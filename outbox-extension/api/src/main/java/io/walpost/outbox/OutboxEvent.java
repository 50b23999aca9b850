package io.walpost.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One event as a row of the outbox table.
 *
 * @param id identifies the event across retries and duplicates, for ever: consumers drop a second event of the same id
 *     as a duplicate, however different it is and however much later it comes; never null
 * @param aggregateType the kind of aggregate, which names the topic; see {@link #requireTopicSuffix(String)}
 * @param aggregateId the aggregate, which becomes the record's key; 1 to 255 characters, not blank
 * @param type what happened; 1 to 255 characters, not blank
 * @param timestamp when it happened, by the application's clock; in the years 1583 to 9999 (UTC), in which JDBC's
 *     calendar is the table's, and a year has the four digits of RFC 3339; never null
 * @param payload the record's value, kept byte for byte as UTF-8; null publishes a tombstone
 */
public record OutboxEvent(
        UUID id, String aggregateType, String aggregateId, String type, Instant timestamp, String payload) {

    /** The longest value that the text columns of the outbox table hold, in characters. */
    public static final int MAX_COLUMN_LENGTH = 255;

    private static final int MAX_TOPIC_LENGTH = 249;
    private static final Instant FIRST_TIMESTAMP = Instant.parse("1583-01-01T00:00:00Z");
    private static final Instant END_OF_TIMESTAMPS = Instant.parse("+10000-01-01T00:00:00Z");

    /**
     * @throws IllegalArgumentException naming the component that is missing, blank, too long, out of range or not allowed
     */
    public OutboxEvent {
        Objects.requireNonNull(id, "id");
        requireTimestamp(timestamp);
        requireTopicSuffix(aggregateType);
        requireText("aggregateId", aggregateId);
        requireText("type", type);
    }

    /** An event with a random id that happens now. */
    public static OutboxEvent of(String aggregateType, String aggregateId, String type, String payload) {
        return new OutboxEvent(UUID.randomUUID(), aggregateType, aggregateId, type, Instant.now(), payload);
    }

    /**
     * Checks that an aggregate type can end the name of a Kafka topic: characters out of {@code a-z A-Z 0-9 . _ -}, and
     * at most 249 characters together with {@link EventTopics#DEFAULT_PREFIX} (Kafka's {@code Topic.validate}).
     *
     * @return the same string
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static String requireTopicSuffix(String aggregateType) {
        requireText("aggregateType", aggregateType);
        if (EventTopics.DEFAULT_PREFIX.length() + aggregateType.length() > MAX_TOPIC_LENGTH) {
            throw new IllegalArgumentException("aggregateType is longer than the "
                    + (MAX_TOPIC_LENGTH - EventTopics.DEFAULT_PREFIX.length())
                    + " characters that the name of a Kafka topic leaves for it");
        }
        for (int i = 0; i < aggregateType.length(); i++) {
            if (!isAllowedInTopic(aggregateType.charAt(i))) {
                throw new IllegalArgumentException("aggregateType '" + aggregateType
                        + "' names a topic, so it may hold only letters a-z A-Z, digits, '.', '_' and '-'");
            }
        }
        return aggregateType;
    }

    private static boolean isAllowedInTopic(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    private static void requireTimestamp(Instant timestamp) {
        Objects.requireNonNull(timestamp, "timestamp");
        if (timestamp.isBefore(FIRST_TIMESTAMP) || !timestamp.isBefore(END_OF_TIMESTAMPS)) {
            throw new IllegalArgumentException("timestamp " + timestamp + " is not in the years 1583 to 9999 (UTC)");
        }
    }

    private static void requireText(String component, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(component + " is missing or blank");
        }
        if (value.length() > MAX_COLUMN_LENGTH) {
            throw new IllegalArgumentException(component + " is longer than " + MAX_COLUMN_LENGTH + " characters");
        }
    }

    /** Leaves out payload and aggregate id, which may both be about a person, so that an event can be logged. */
    @Override
    public String toString() {
        return "OutboxEvent[" + id + " " + type + " of " + aggregateType + "]";
    }
}
