package io.walpost.relay.route;

import io.walpost.outbox.EventTopics;
import java.util.Map;

/**
 * From an aggregate type to its topic.
 *
 * @param template a topic's name with at most one {@link #AGGREGATE_TYPE} in it; without it, all events go there
 * @param overrides the topics of aggregate types that do not go by the template
 */
public record TopicRouting(String template, Map<String, String> overrides) {

    /** Stands in a template for the aggregate type, whose case is kept. */
    public static final String AGGREGATE_TYPE = "{aggregatetype}";

    private static final String SETTING = "walpost.relay.topic.template";

    /** @throws IllegalArgumentException naming the setting that is wrong, and what it should be */
    public TopicRouting {
        requireTemplate(template);
        overrides.forEach(TopicRouting::requireOverride);
        overrides = Map.copyOf(overrides);
    }

    static TopicRouting byDefault() {
        return new TopicRouting(EventTopics.DEFAULT_PREFIX + AGGREGATE_TYPE, Map.of());
    }

    /** What comes before the aggregate type; all of the template if there is no place for one. */
    public String prefix() {
        int at = template.indexOf(AGGREGATE_TYPE);
        return at < 0 ? template : template.substring(0, at);
    }

    private static void requireTemplate(String template) {
        boolean placeholder = template.contains(AGGREGATE_TYPE);
        // One character is the shortest that an aggregate type can be.
        String shortest = placeholder ? replaceFirst(template, "x") : template;
        if (shortest.contains(AGGREGATE_TYPE)) {
            throw new IllegalArgumentException(
                    SETTING + " '" + template + "' has " + AGGREGATE_TYPE + " more than once; once is enough");
        }
        if (shortest.contains("{") || shortest.contains("}")) {
            throw new IllegalArgumentException(SETTING + " '" + template + "' has a placeholder other than "
                    + AGGREGATE_TYPE + ", the only one there is");
        }
        String flaw = TopicName.flaw(shortest);
        if (flaw != null) {
            throw new IllegalArgumentException(SETTING + " '" + template + "' makes no topic's name"
                    + (placeholder ? ", even for an aggregate type of one letter: " : ": ") + flaw);
        }
    }

    private static String replaceFirst(String template, String aggregateType) {
        int at = template.indexOf(AGGREGATE_TYPE);
        return template.substring(0, at) + aggregateType + template.substring(at + AGGREGATE_TYPE.length());
    }

    private static void requireOverride(String aggregateType, String topic) {
        String flaw = TopicName.flaw(topic);
        if (aggregateType.isBlank() || flaw != null) {
            throw new IllegalArgumentException("walpost.relay.topic.overrides.\"" + aggregateType + "\" = '" + topic
                    + "' " + (flaw == null ? "names no aggregate type" : "is no topic's name: " + flaw));
        }
    }

    /** @throws IllegalArgumentException if Kafka has no topic for it, saying why */
    String topic(String aggregateType) {
        String override = overrides.get(aggregateType);
        if (override != null) {
            return override;
        }
        if (!template.contains(AGGREGATE_TYPE)) {
            return template;
        }
        String topic = replaceFirst(template, aggregateType);
        String flaw = TopicName.flaw(topic);
        if (flaw != null) {
            throw new IllegalArgumentException(
                    "the aggregatetype '" + aggregateType + "' makes no topic's name of " + template + ": " + flaw);
        }
        return topic;
    }
}
