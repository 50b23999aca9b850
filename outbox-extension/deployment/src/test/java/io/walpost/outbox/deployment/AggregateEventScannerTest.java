package io.walpost.outbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.outbox.runtime.AggregateIdMember;
import io.walpost.outbox.runtime.AggregateIdMember.Kind;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

/** The forms in which an event may be written. */
class AggregateEventScannerTest {

    @AggregateEvent(aggregateType = "order")
    record OfRecord(@AggregateId UUID orderId) {}

    @AggregateEvent(aggregateType = "order")
    record OfRecordWithAccessor(@AggregateId long orderId) {

        @Override
        public long orderId() {
            return orderId;
        }
    }

    @AggregateEvent(aggregateType = "order")
    static class OfField {

        @AggregateId
        private LocalDate day;
    }

    abstract static class Base {

        @AggregateId
        private Integer orderId;
    }

    @AggregateEvent(aggregateType = "order")
    static class OfSuperclass extends Base {}

    interface Identified {

        @AggregateId
        String orderId();
    }

    @AggregateEvent(aggregateType = "order")
    record OfInterface(String orderId) implements Identified {}

    @AggregateEvent(aggregateType = "order")
    record OfBoth(@AggregateId String orderId) implements Identified {}

    enum Region {
        NORTH
    }

    @AggregateEvent(aggregateType = "order")
    record OfEnum(@AggregateId Region region) {}

    record Key(int part) {}

    @AggregateEvent(aggregateType = "order")
    record OfKey(@AggregateId Key key) {}

    static class Text {

        @Override
        public String toString() {
            return "text";
        }
    }

    static class InheritedText extends Text {}

    @AggregateEvent(aggregateType = "order")
    record OfInheritedText(@AggregateId InheritedText text) {}

    @Test
    void readsARecordThroughItsAccessor() throws IOException {
        AggregateEventBuildItem event = scan(OfRecord.class);

        assertThat(event.eventClass()).isEqualTo(OfRecord.class.getName());
        assertThat(event.idDeclaringClass()).isEqualTo(OfRecord.class.getName());
        assertThat(event.idMember()).isEqualTo(new AggregateIdMember(Kind.METHOD, "orderId"));
        assertThat(event.aggregateType()).isEqualTo("order");
        assertThat(event.type()).isEqualTo("OfRecord");
    }

    @Test
    void findsTheIdWhereverItIsDeclared() throws IOException {
        assertThat(scan(OfRecordWithAccessor.class).idMember()).isEqualTo(new AggregateIdMember(Kind.FIELD, "orderId"));
        assertThat(scan(OfField.class).idMember()).isEqualTo(new AggregateIdMember(Kind.FIELD, "day"));
        assertThat(scan(OfSuperclass.class, Base.class).idDeclaringClass()).isEqualTo(Base.class.getName());
        assertThat(scan(OfInterface.class, Identified.class).idDeclaringClass()).isEqualTo(Identified.class.getName());
        assertThat(scan(OfBoth.class, Identified.class).idDeclaringClass()).isEqualTo(OfBoth.class.getName());
    }

    @Test
    void acceptsIdsWithATextOfTheirOwn() throws IOException {
        assertThat(scan(OfEnum.class, Region.class)).isNotNull();
        assertThat(scan(OfKey.class, Key.class)).isNotNull();
        assertThat(scan(OfInheritedText.class, InheritedText.class, Text.class)).isNotNull();
    }

    private static AggregateEventBuildItem scan(Class<?>... classes) throws IOException {
        List<AggregateEventBuildItem> events = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        new AggregateEventScanner(Index.of(classes)).scan(events::add, mistakes::add);
        assertThat(mistakes).isEmpty();
        assertThat(events).hasSize(1);
        return events.getFirst();
    }
}
