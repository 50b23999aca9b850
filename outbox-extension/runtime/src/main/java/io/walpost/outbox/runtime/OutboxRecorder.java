package io.walpost.outbox.runtime;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import java.util.List;
import java.util.stream.Collectors;

/** Carries what the build found out about the marked classes into the application. */
@Recorder
public class OutboxRecorder {

    /** Resolves each class's aggregate id once, so that publishing looks nothing up. */
    public RuntimeValue<AggregateEventCatalog> catalog(List<AggregateEventDescription> events) {
        return new RuntimeValue<>(new AggregateEventCatalog(events.stream()
                .collect(Collectors.toMap(AggregateEventDescription::eventClass, OutboxRecorder::resolve))));
    }

    private static AggregateEventType resolve(AggregateEventDescription event) {
        return new AggregateEventType(
                event.aggregateType(), event.type(), AggregateIdReader.of(event.idDeclaringClass(), event.idMember()));
    }
}
