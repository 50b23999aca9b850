package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes publishers as {@link KafkaEventPublisher#factory} does, but the first of them with a producer that was made
 * before, is connected and knows the topics. A thread of its own sees to that; publishers are made, and this is closed, by
 * one other thread.
 */
public final class ReadyPublishers implements PublisherFactory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyPublishers.class);

    /** Well below five minutes, after which a producer forgets a topic that nobody asks about. */
    private static final long REFRESH_SECONDS = 60;

    private static final long RETRY_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProducerSettings settings;
    private final Predicate<String> topics;
    private final CompletableFuture<Producer<byte[], byte[]>> producer = new CompletableFuture<>();
    private final Thread preparation;
    private volatile boolean ready;
    private boolean taken;

    /** @param topics the names of the topics to know before they are needed, of those that there are */
    public ReadyPublishers(ProducerSettings settings, Predicate<String> topics) {
        this.settings = settings;
        this.topics = topics;
        this.preparation = Thread.ofPlatform().name("walpost-ready").daemon().start(this::prepare);
    }

    @Override
    public EventPublisher create(WalHistory history, Acknowledgements acknowledgements) throws RelayException {
        return KafkaEventPublisher.with(taken ? KafkaEventPublisher.producer(settings) : take(), acknowledgements);
    }

    private Producer<byte[], byte[]> take() throws RelayException {
        taken = true;
        try {
            return producer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RelayException failure) {
                throw failure;
            }
            throw e;
        } finally {
            preparation.interrupt();
        }
    }

    /** Whether the producer knows the topics that were there at the beginning. */
    boolean isReady() {
        return ready;
    }

    private void prepare() {
        try {
            producer.complete(KafkaEventPublisher.producer(settings));
        } catch (RelayException | RuntimeException e) {
            producer.completeExceptionally(e);
            return;
        }
        try {
            Set<String> known = existing();
            while (true) {
                for (String topic : known) {
                    learn(topic);
                }
                ready = true;
                TimeUnit.SECONDS.sleep(REFRESH_SECONDS);
            }
        } catch (InterruptedException e) {
            // Somebody has the producer now, or it is closed.
            Thread.currentThread().interrupt();
        } catch (KafkaException | IllegalStateException e) {
            // Nothing depends on it: the publisher meets the same trouble, and reports it.
            LOG.debug("The producer is not ready before it is needed", e);
        }
    }

    private Set<String> existing() throws InterruptedException {
        Admin admin = Admin.create(ClientSettings.admin(settings));
        try {
            return KafkaCalls.get(admin.listTopics().names()).stream()
                    .filter(topics)
                    .collect(Collectors.toUnmodifiableSet());
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** The producer does not wait, but has begun to ask by the time it says that it does not know. */
    private void learn(String topic) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                producer.join().partitionsFor(topic);
                return;
            } catch (TimeoutException e) {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    /** Gives up the producer, if no publisher has it. */
    @Override
    public void close() {
        preparation.interrupt();
        if (!taken) {
            taken = true;
            producer.thenAccept(unused -> unused.close(Duration.ZERO));
        }
    }
}
