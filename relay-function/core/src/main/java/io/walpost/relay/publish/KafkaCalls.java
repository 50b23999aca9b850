package io.walpost.relay.publish;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits for what a client was asked. */
public final class KafkaCalls {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);

    private KafkaCalls() {}

    /**
     * The answer.
     *
     * @throws RelayException if it is a failure, or does not come in {@link #PATIENCE}
     */
    static <T> T await(Future<T> answer) throws RelayException {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw new RelayException(
                    FailureKind.KAFKA_UNAVAILABLE, "Kafka did not answer in " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RelayException(FailureKind.KAFKA_UNAVAILABLE, "Interrupted while waiting for Kafka", e);
        }
    }

    /** The answer, however long it takes; a failure as what Kafka threw, without the wrapper. */
    public static <T> T get(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    /** Does what a consumer or a producer does on the calling thread. */
    static <T> T call(Call<T> call) throws RelayException {
        try {
            return call.run();
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * The answer about a topic of which the controller has said that it exists. Asks until a broker has heard of it too,
     * which may be later: brokers follow the controller's log (KIP-631).
     *
     * @throws UnknownTopicOrPartitionException if none has in {@link #PATIENCE}
     * @throws KafkaException what else Kafka threw, at once
     */
    public static <T> T known(Supplier<KafkaFuture<T>> question) throws InterruptedException {
        return known(question, PATIENCE);
    }

    static <T> T known(Supplier<KafkaFuture<T>> question, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return get(question.get());
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
            }
            Thread.sleep(BETWEEN_QUESTIONS);
        }
    }

    private static RelayException failure(Throwable cause) {
        return new RelayException(KafkaFailure.kindOf(cause), "Kafka: " + cause.getMessage(), cause);
    }

    /** Something that may fail as the relay or as Kafka does. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws RelayException;
    }
}
