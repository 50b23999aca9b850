package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class KafkaCallsTest {

    private final AtomicInteger questions = new AtomicInteger();

    /** A broker hears of a new topic after the controller has said that it exists. */
    @Test
    void asksUntilABrokerKnowsTheTopic() throws Exception {
        String answer = KafkaCalls.known(() -> questions.incrementAndGet() < 3
                ? failed(new UnknownTopicOrPartitionException())
                : KafkaFuture.completedFuture("compact"));
        assertThat(answer).isEqualTo("compact");
        assertThat(questions).hasValue(3);
    }

    @Test
    void doesNotAskForEver() {
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(() -> KafkaCalls.known(
                        () -> {
                            questions.incrementAndGet();
                            return failed(new UnknownTopicOrPartitionException());
                        },
                        Duration.ofSeconds(1)));
        assertThat(questions).hasValueGreaterThan(1);
    }

    @Test
    void asksOnceWhatIsRefused() {
        assertThatExceptionOfType(TopicAuthorizationException.class)
                .isThrownBy(() -> KafkaCalls.known(() -> {
                    questions.incrementAndGet();
                    return failed(new TopicAuthorizationException("t"));
                }));
        assertThat(questions).hasValue(1);
    }

    private static KafkaFuture<String> failed(RuntimeException failure) {
        KafkaFutureImpl<String> future = new KafkaFutureImpl<>();
        future.completeExceptionally(failure);
        return future;
    }
}
