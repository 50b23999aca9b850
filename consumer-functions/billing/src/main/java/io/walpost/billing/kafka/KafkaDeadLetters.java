package io.walpost.billing.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.walpost.billing.BillingSettings;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.Config;

/**
 * Dead letters in a topic. A letter that is too large for it is put with less of its record.
 *
 * <p>The producer is made when it is needed, and anew after a failure: some failures leave a producer unusable for good,
 * and one cannot even be made while the broker's name does not resolve.
 */
@Singleton
class KafkaDeadLetters implements DeadLetters {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final int SHUTDOWN_PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 1;

    private final String topic;
    private final Map<String, Object> settings;
    private Producer<byte[], byte[]> producer;
    private boolean closed;

    KafkaDeadLetters(
            BillingSettings settings, @Identifier("default-kafka-broker") Map<String, Object> kafka, Config config) {
        this.topic = settings.deadLetters().topic();
        // The map lets the environment win over system properties, unlike the configuration itself and the channel.
        Map<String, Object> inOrder = new HashMap<>(kafka);
        inOrder.replaceAll((name, value) -> config.getOptionalValue("kafka." + name, String.class)
                .map(Object.class::cast)
                .orElse(value));
        this.settings = producerSettings(inOrder, settings.deadLetters());
    }

    @Override
    public void put(IncomingRecord record, Outcome.DeadLetter verdict)
            throws DeadLetterException, InterruptedException {
        RecordTooLargeException tooLarge = null;
        for (LetterForm form : LetterForm.values()) {
            try {
                send(form.letter(topic, record, verdict));
                return;
            } catch (RecordTooLargeException e) {
                tooLarge = e;
            }
        }
        throw Refusal.of(topic, tooLarge);
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
        return Refusal.of(topic, cause);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("Billing is stopped");
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
    private static Map<String, Object> producerSettings(
            Map<String, Object> kafka, BillingSettings.DeadLetters deadLetters) {
        Map<String, Object> all = new HashMap<>(kafka);
        int timeout = Math.toIntExact(deadLetters.timeout().toMillis());
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "billing-dead-letters");
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
