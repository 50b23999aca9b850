package io.walpost.relay.route;

import io.walpost.outbox.EventTopics;
import java.util.Map;

/** From an aggregate type to its topic. */
public final class TopicRouting {

    /** Stands in a template for the aggregate type, whose case is kept. */
    public static final String AGGREGATE_TYPE = "{aggregatetype}";

    private static final String SETTING = "walpost.relay.topic.template";

    private final String prefix;
    private final String suffix;
    private final boolean placeholder;
    private final Map<String, String> overrides;

    /**
     * @param template a topic's name with at most one {@link #AGGREGATE_TYPE} in it; without it, all events go there
     * @param overrides the topics of aggregate types that do not go by the template
     * @throws IllegalArgumentException naming the setting that is wrong, and what it should be
     */
    public TopicRouting(String template, Map<String, String> overrides) {
        int at = template.indexOf(AGGREGATE_TYPE);
        this.placeholder = at >= 0;
        this.prefix = placeholder ? template.substring(0, at) : template;
        this.suffix = placeholder ? template.substring(at + AGGREGATE_TYPE.length()) : "";
        this.overrides = Map.copyOf(overrides);
        requireTemplate(template);
        overrides.forEach(TopicRouting::requireOverride);
    }

    static TopicRouting byDefault() {
        return new TopicRouting(EventTopics.DEFAULT_PREFIX + AGGREGATE_TYPE, Map.of());
    }

    private void requireTemplate(String template) {
        String literal = prefix + suffix;
        if (literal.contains(AGGREGATE_TYPE)) {
            throw new IllegalArgumentException(
                    SETTING + " '" + template + "' has " + AGGREGATE_TYPE + " more than once; once is enough");
        }
        if (literal.contains("{") || literal.contains("}")) {
            throw new IllegalArgumentException(SETTING + " '" + template + "' has a placeholder other than "
                    + AGGREGATE_TYPE + ", the only one there is");
        }
        // One character is the shortest that an aggregate type can be.
        String flaw = TopicName.flaw(placeholder ? prefix + "x" + suffix : template);
        if (flaw != null) {
            throw new IllegalArgumentException(SETTING + " '" + template + "' makes no topic's name: " + flaw
                    + (placeholder && literal.length() >= TopicName.MAX_LENGTH ? ", the aggregate type included" : ""));
        }
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
        if (!placeholder) {
            return prefix;
        }
        String topic = prefix + aggregateType + suffix;
        String flaw = TopicName.flaw(topic);
        if (flaw != null) {
            throw new IllegalArgumentException("the aggregatetype '" + aggregateType + "' makes no topic's name of "
                    + prefix + AGGREGATE_TYPE + suffix + ": " + flaw);
        }
        return topic;
    }
}
