package io.walpost.consumer.runtime.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.runtime.ServiceSettings;
import io.walpost.consumer.settings.ConsumerSettings;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Dead letters in a topic. A letter that is too large for it is put with less of its record.
 *
 * <p>The producer is made when it is needed, and anew after a failure: some failures leave a producer unusable for good,
 * and one cannot even be made while the broker's name does not resolve.
 *
 * <p>As a store of its own it knows no parked keys: later records of a key are not kept behind its letters.
 */
@Singleton
@Typed(KafkaDeadLetters.class)
class KafkaDeadLetters implements DeadLetters {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final int SHUTDOWN_PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 1;

    private final Optional<String> topic;
    private final Map<String, Object> settings;
    private Producer<byte[], byte[]> producer;
    private boolean closed;

    KafkaDeadLetters(ConsumerSettings settings, ServiceSettings service, ClientProperties kafka) {
        this.topic = service.deadLetters().topic();
        this.settings = producerSettings(kafka.all(), settings);
    }

    @Override
    public void put(IncomingRecord record, Outcome.DeadLetter verdict)
            throws DeadLetterException, InterruptedException {
        String name = topic.orElseThrow(() -> new IllegalStateException("There is no topic for dead letters"));
        RecordTooLargeException tooLarge = null;
        for (LetterForm form : LetterForm.values()) {
            try {
                send(form.letter(name, record, verdict));
                return;
            } catch (RecordTooLargeException e) {
                tooLarge = e;
            }
        }
        throw Refusal.of(name, tooLarge);
    }

    private void send(ProducerRecord<byte[], byte[]> letter) throws DeadLetterException, InterruptedException {
        Producer<byte[], byte[]> current = null;
        try {
            current = producer();
            current.send(letter).get();
        } catch (InterruptException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (ExecutionException e) {
            throw refusal(current, e.getCause());
        } catch (RuntimeException e) {
            throw refusal(current, e);
        }
    }

    private DeadLetterException refusal(Producer<byte[], byte[]> refusing, Throwable cause) {
        if (cause instanceof RecordTooLargeException tooLarge) {
            throw tooLarge;
        }
        discard(refusing);
        return Refusal.of(topic.orElseThrow(), cause);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("The consumer is stopped");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    /** Unless another thread has done so, and there is a new one. */
    private synchronized void discard(Producer<byte[], byte[]> refusing) {
        if (refusing != null && producer == refusing) {
            producer = null;
            refusing.close(Duration.ZERO);
        }
    }

    /** Just after the consumer is told to stop: ends a wait for the broker, which could last. */
    synchronized void stop(@Observes @Priority(SHUTDOWN_PRIORITY) ShutdownEvent event) {
        closed = true;
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }

    /** What makes a letter durable is not left to settings. */
    private static Map<String, Object> producerSettings(Map<String, Object> kafka, ConsumerSettings settings) {
        Map<String, Object> all = new HashMap<>(kafka);
        int timeout = Math.toIntExact(settings.deadLetters().timeout().toMillis());
        all.put(ProducerConfig.CLIENT_ID_CONFIG, settings.name() + "-dead-letters");
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        // The topic says what is too large, not the client.
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
        return all;
    }
}
