package io.walpost.outbox.deployment;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import java.util.List;
import java.util.Optional;

/** One class for each mistake that fails a build. */
final class Mistakes {

    private Mistakes() {}

    @AggregateEvent(aggregateType = "order")
    record WithoutId(String orderId) {}

    @AggregateEvent(aggregateType = "order")
    record WithTwoIds(
            @AggregateId String tenant, @AggregateId String orderId) {}

    @AggregateEvent(aggregateType = "order")
    static class WithIdsInTwoKinds {

        @AggregateId
        String orderId;

        @AggregateId
        String key() {
            return orderId;
        }
    }

    @AggregateEvent(aggregateType = "order")
    static class WithParameter {

        @AggregateId
        String key(String separator) {
            return separator;
        }
    }

    @AggregateEvent(aggregateType = "order")
    static class WithVoid {

        @AggregateId
        void key() {}
    }

    @AggregateEvent(aggregateType = "order")
    static class WithStaticId {

        @AggregateId
        static String orderId = "1";
    }

    @AggregateEvent(aggregateType = "order")
    record WithPrimitive(@AggregateId boolean paid) {}

    @AggregateEvent(aggregateType = "order")
    record WithFloatingPoint(@AggregateId Double number) {}

    @AggregateEvent(aggregateType = "order")
    record WithArray(@AggregateId byte[] orderId) {}

    @AggregateEvent(aggregateType = "order")
    record WithCollection(@AggregateId List<String> orderIds) {}

    @AggregateEvent(aggregateType = "order")
    record WithOptional(@AggregateId Optional<String> orderId) {}

    @AggregateEvent(aggregateType = "order")
    record WithTypeVariable<T>(@AggregateId T orderId) {}

    static class IdWithoutText {}

    @AggregateEvent(aggregateType = "order")
    record WithIdentityText(@AggregateId IdWithoutText orderId) {}

    @AggregateEvent(aggregateType = "order placed")
    record WithSpaceInTopic(@AggregateId String orderId) {}

    @AggregateEvent(aggregateType = "")
    record WithEmptyTopic(@AggregateId String orderId) {}

    @AggregateEvent(
            aggregateType = "order",
            type = "0123456789012345678901234567890123456789012345678901234567890123"
                    + "0123456789012345678901234567890123456789012345678901234567890123"
                    + "0123456789012345678901234567890123456789012345678901234567890123"
                    + "0123456789012345678901234567890123456789012345678901234567890123")
    record WithLongType(@AggregateId String orderId) {}

    @AggregateEvent(aggregateType = "order", type = " ")
    record WithBlankType(@AggregateId String orderId) {}

    @AggregateEvent(aggregateType = "order")
    abstract static class Abstract {

        @AggregateId
        String orderId;
    }

    @AggregateEvent(aggregateType = "order")
    interface Interface {

        @AggregateId
        String orderId();
    }

    @AggregateEvent(aggregateType = "order")
    enum Enumeration {
        PLACED
    }
}
