package io.walpost.outbox.deployment;

import io.quarkus.builder.item.MultiBuildItem;
import io.walpost.outbox.runtime.AggregateIdMember;

/** A marked class without mistakes. */
final class AggregateEventBuildItem extends MultiBuildItem {

    private final String eventClass;
    private final String aggregateType;
    private final String type;
    private final String idDeclaringClass;
    private final AggregateIdMember idMember;

    AggregateEventBuildItem(String eventClass, String aggregateType, String type, AggregateIdCandidate id) {
        this.eventClass = eventClass;
        this.aggregateType = aggregateType;
        this.type = type;
        this.idDeclaringClass = id.declaringClass();
        this.idMember = id.member();
    }

    String eventClass() {
        return eventClass;
    }

    String aggregateType() {
        return aggregateType;
    }

    String type() {
        return type;
    }

    String idDeclaringClass() {
        return idDeclaringClass;
    }

    AggregateIdMember idMember() {
        return idMember;
    }
}
