package io.walpost.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.outbox.EventHeaders;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordConsumerTest {

    private static final byte[] KEY = "42".getBytes(UTF_8);

    private final RecordingListener listener = new RecordingListener();

    @Test
    void handsOverTheEventAndReportsTheOutcome() {
        UUID id = UUID.randomUUID();
        RecordConsumer consumer = new RecordConsumer(
                event -> event.id().equals(id) ? new Outcome.Applied() : new Outcome.Ignored(), listener);

        assertThat(consumer.consume(record(Map.of(EventHeaders.ID, id.toString().getBytes(UTF_8)))))
                .isEqualTo(new Outcome.Applied());
        assertThat(listener.outcomes).containsExactly(new Outcome.Applied());
    }

    @Test
    void makesADeadLetterOfARecordThatIsNoEvent() {
        RecordConsumer consumer = new RecordConsumer(
                event -> {
                    throw new AssertionError("must not be handled");
                },
                listener);

        assertThat(consumer.consume(record(Map.of())))
                .isInstanceOfSatisfying(Outcome.DeadLetter.class, dead -> assertThat(dead.failure())
                        .isEqualTo(Failure.MALFORMED_RECORD));
        assertThat(listener.outcomes).hasSize(1);
    }

    @Test
    void reportsNothingAsCompletedThatIsNot() {
        Outcome retry = new Outcome.Retry(new InterruptedException(), Failure.STOPPED);
        RecordConsumer consumer = new RecordConsumer(event -> retry, listener);

        assertThat(consumer.consume(record(
                        Map.of(EventHeaders.ID, UUID.randomUUID().toString().getBytes(UTF_8)))))
                .isEqualTo(retry);
        assertThat(listener.outcomes).isEmpty();
    }

    private static IncomingRecord record(Map<String, byte[]> headers) {
        return new IncomingRecord(Events.COORDINATES, KEY, headers, null);
    }
}
