package io.walpost.outbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A build reports all the mistakes at once, each with the class and what to write. */
class FailingBuildTest {

    @RegisterExtension
    static final QuarkusUnitTest BUILD = TestApplication.with(Mistakes.class).assertException(failure -> assertThat(
                    failure.getMessage())
            .contains(
                    mistake(
                            "WithoutId",
                            "nothing is marked @AggregateId. Mark the record component, field or"
                                    + " method without parameters that identifies the aggregate"),
                    mistake("WithTwoIds", "orderId() and tenant() are marked @AggregateId. Mark only one"),
                    mistake("WithIdsInTwoKinds", "key() and orderId are marked @AggregateId. Mark only one"),
                    mistake(
                            "WithParameter",
                            "@AggregateId marks key(…), which has parameters." + " Mark a method without parameters"),
                    mistake("WithVoid", "@AggregateId marks key() of type void"),
                    mistake("WithStaticId", "@AggregateId marks orderId, which is static"),
                    mistake("WithPrimitive", "@AggregateId marks paid() of type boolean"),
                    mistake("WithFloatingPoint", "@AggregateId marks number() of type java.lang.Double"),
                    mistake("WithArray", "@AggregateId marks orderId() of type byte[]"),
                    mistake("WithCollection", "@AggregateId marks orderIds() of type java.util.List"),
                    mistake("WithOptional", "@AggregateId marks orderId() of type java.util.Optional"),
                    mistake("WithTypeVariable", "@AggregateId marks orderId() of type T"),
                    mistake(
                            "WithIdentityText",
                            "@AggregateId marks orderId() of type " + Mistakes.IdWithoutText.class.getName()),
                    "whose text does not identify an aggregate. Use a String, an integer, a UUID, or a class of"
                            + " your own",
                    mistake(
                            "WithSpaceInTopic",
                            "@AggregateEvent cannot be published: aggregateType"
                                    + " 'order placed' names a topic, so it may hold only letters"),
                    mistake("WithEmptyTopic", "@AggregateEvent cannot be published: aggregateType is missing"),
                    mistake("WithLongType", "@AggregateEvent cannot be published: type is longer than 255"),
                    mistake("WithBlankType", "@AggregateEvent cannot be published: type is missing or blank"),
                    mistake(
                            "Abstract",
                            "@AggregateEvent marks an interface, an abstract class or an enum. Mark"
                                    + " the records or classes whose instances are published"),
                    mistake("Interface", "@AggregateEvent marks an interface"),
                    mistake("Enumeration", "@AggregateEvent marks an interface")));

    private static String mistake(String nestedClass, String sentence) {
        return Mistakes.class.getName() + "$" + nestedClass + ": " + sentence;
    }

    @Test
    void fails() {
        fail("the application was built in spite of its mistakes");
    }
}
