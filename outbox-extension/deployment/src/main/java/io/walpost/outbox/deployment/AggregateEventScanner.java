package io.walpost.outbox.deployment;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.OutboxEvent;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** Checks every marked class, so that a mistake shows when the application is built and not when it publishes. */
final class AggregateEventScanner {

    private static final DotName AGGREGATE_EVENT = DotName.createSimple(AggregateEvent.class);

    private final IndexView index;
    private final AggregateIdFinder ids;
    private final AggregateIdTypes idTypes;

    AggregateEventScanner(IndexView index) {
        this.index = index;
        ids = new AggregateIdFinder(index);
        idTypes = new AggregateIdTypes(index);
    }

    /** Gives each marked class either to {@code events} or, as a sentence that says what to write, to {@code mistakes}. */
    void scan(Consumer<AggregateEventBuildItem> events, Consumer<String> mistakes) {
        for (AnnotationInstance mark : index.getAnnotations(AGGREGATE_EVENT)) {
            try {
                events.accept(check(mark.target().asClass(), mark));
            } catch (InvalidAggregateEventException e) {
                mistakes.accept(mark.target().asClass().name() + ": " + e.getMessage());
            }
        }
    }

    private AggregateEventBuildItem check(ClassInfo eventClass, AnnotationInstance mark) {
        if (eventClass.isInterface() || eventClass.isAbstract() || eventClass.isEnum()) {
            throw new InvalidAggregateEventException(
                    "@AggregateEvent marks an interface, an abstract class or an enum. Mark the records or classes whose"
                            + " instances are published; @AggregateId may stay here.");
        }
        String aggregateType = mark.value("aggregateType").asString();
        String type = typeOf(eventClass, mark.value("type"));
        requireFitsContract(aggregateType, type);
        return new AggregateEventBuildItem(eventClass.name().toString(), aggregateType, type, idOf(eventClass));
    }

    private static String typeOf(ClassInfo eventClass, AnnotationValue type) {
        return type == null || type.asString().isEmpty() ? eventClass.simpleName() : type.asString();
    }

    /** The event checks itself: what is refused here is what would be refused at run time. */
    private static void requireFitsContract(String aggregateType, String type) {
        try {
            OutboxEvent.of(aggregateType, "any", type, null);
        } catch (IllegalArgumentException e) {
            throw new InvalidAggregateEventException("@AggregateEvent cannot be published: " + e.getMessage()
                    + ". Write, for example, @AggregateEvent(aggregateType = \"order\", type = \"OrderPlaced\").");
        }
    }

    private AggregateIdCandidate idOf(ClassInfo eventClass) {
        Collection<AggregateIdCandidate> candidates = ids.find(eventClass);
        if (candidates.isEmpty()) {
            throw new InvalidAggregateEventException(
                    "nothing is marked @AggregateId. Mark the record component, field or"
                            + " method without parameters that identifies the aggregate, for example @AggregateId UUID orderId.");
        }
        if (candidates.size() > 1) {
            throw new InvalidAggregateEventException(
                    candidates.stream().map(AggregateIdCandidate::display).collect(Collectors.joining(" and "))
                            + " are marked @AggregateId. Mark only one; for an id of several parts, mark a method that joins"
                            + " them.");
        }
        AggregateIdCandidate id = candidates.iterator().next();
        requireReadable(id);
        return id;
    }

    private void requireReadable(AggregateIdCandidate id) {
        if (id.hasParameters()) {
            throw new InvalidAggregateEventException("@AggregateId marks " + id.display()
                    + ", which has parameters. Mark a method without parameters, a field or a record component.");
        }
        if (id.isStatic()) {
            throw new InvalidAggregateEventException("@AggregateId marks " + id.display()
                    + ", which is static and so the same for every event. Mark a member of the instance.");
        }
        if (!idTypes.isUsable(id.valueType())) {
            throw new InvalidAggregateEventException("@AggregateId marks " + id.display() + " of type " + id.valueType()
                    + ", whose text does not identify an aggregate. Use a String, an integer, a UUID, or a class of"
                    + " your own (in a jar with a Jandex index) that overrides toString().");
        }
    }
}
