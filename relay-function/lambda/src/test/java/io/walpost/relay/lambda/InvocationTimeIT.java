package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.localstack.lambda.LambdaFunction;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long an invocation takes: the shortest of several, as a machine that has other things to do makes them longer and
 * nothing makes them shorter.
 */
@Timeout(180)
class InvocationTimeIT extends RelayFunctionTest {

    private static final Duration COLD = Duration.ofMillis(2_500);
    private static final Duration IDLE = Duration.ofMillis(100);
    /** What others wrote may cost, beside the second after which an idle relay asks the server. */
    private static final Duration OTHERS = Duration.ofMillis(600);

    private static final Duration LONG = Duration.ofSeconds(60);

    /** By the processor's time: on a busy machine, the clock's says more about the machine than about the function. */
    @Test
    void needsLittleForAColdStartAndAFirstEvent() throws Exception {
        Duration shortest = LONG;
        for (int start = 0; start < 3; start++) {
            outbox.publish(start, 1);
            try (LambdaFunction function = function(LONG)) {
                assertThat(reportOf(function).get("events").intValue()).isEqualTo(1);
                Duration time = function.processorTime();
                shortest = time.compareTo(shortest) < 0 ? time : shortest;
            }
        }
        System.out.printf("Cold start and one event: %d ms of a processor%n", shortest.toMillis());
        assertThat(shortest).isLessThan(COLD);
    }

    @Test
    void isOverAtOnceWhenItIsWarmAndThereIsNothingToDo() throws Exception {
        LambdaFunction function = function(LONG);
        reportOf(function);
        outbox.writeElsewhere(100_000);
        Duration shortest = shortestOf(10, function);
        System.out.printf("Warm and idle: %d ms%n", shortest.toMillis());
        assertThat(shortest).isLessThan(IDLE);
    }

    /** What is committed behind the event is nothing to send, so the server has to be asked whether it came so far. */
    @Test
    void isOverSoonWhenItIsWarmAndOthersWroteBehindTheOnlyEvent() throws Exception {
        LambdaFunction function = function(LONG);
        reportOf(function);
        Duration alone = shortestWithAnEvent(function, 0);
        Duration withOthers = shortestWithAnEvent(function, 100_000);
        System.out.printf(
                "Warm and one event: %d ms, and with others' log behind it %d ms%n",
                alone.toMillis(), withOthers.toMillis());
        assertThat(withOthers).isLessThan(alone.plus(OTHERS));
    }

    private Duration shortestWithAnEvent(LambdaFunction function, int bytesBehindIt) throws Exception {
        Duration shortest = LONG;
        for (int event = 0; event < 5; event++) {
            outbox.publish(event, 1);
            if (bytesBehindIt > 0) {
                outbox.writeElsewhere(bytesBehindIt);
            }
            Duration time = shortestOf(1, function);
            shortest = time.compareTo(shortest) < 0 ? time : shortest;
        }
        return shortest;
    }

    private static Duration shortestOf(int invocations, LambdaFunction function) throws Exception {
        Duration shortest = LONG;
        for (int invocation = 0; invocation < invocations; invocation++) {
            long began = System.nanoTime();
            reportOf(function);
            Duration time = Duration.ofNanos(System.nanoTime() - began);
            shortest = time.compareTo(shortest) < 0 ? time : shortest;
        }
        return shortest;
    }
}
