package io.walpost.relay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A byte of a live stream is changed: the relay says where, starts again there, and nothing is lost or doubled. */
class CorruptedStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where things are in a CopyData message with an XLogData frame ("Streaming Replication Protocol"). */
    private static final int FRAME_KIND = 5;

    private static final int LSN = 6;
    private static final int MESSAGE_TYPE = 30;

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Corrupted-" + database.name();
    private final TopicReader topic = new TopicReader("outbox.event." + type);
    private final TcpProxy proxy = new TcpProxy().before(RealSystems.postgres().port());

    /** The position in the message that was changed, once one was. */
    private final AtomicReference<Lsn> corrupted = new AtomicReference<>();

    @AfterEach
    void close() {
        proxy.close();
        topic.close();
        database.close();
    }

    /** Changes one byte of the first message of a type. */
    private Tamper once(char messageType, int offset, char replacement) {
        return (piece, length) -> {
            for (int at = 0; at + MESSAGE_TYPE < length && corrupted.get() == null; at++) {
                if (piece[at] == 'd' && piece[at + FRAME_KIND] == 'w' && piece[at + MESSAGE_TYPE] == messageType) {
                    corrupted.set(
                            new Lsn(ByteBuffer.wrap(piece, at + LSN, Long.BYTES).getLong()));
                    piece[at + offset] = (byte) replacement;
                }
            }
        };
    }

    private String failureAfter(Tamper tamper) {
        OutboxDatabase proxied = database.at("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database.name());
        RelayException failure;
        try (var relay = RunningRelay.on(proxied).streaming()) {
            database.publish(type, "1", "before");
            topic.until(1);
            proxy.tamper(tamper);
            database.publish(type, "1", "corrupted on its way");
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.PROTOCOL) > 0);
            failure = relay.metrics().lastFailure().orElseThrow();
            database.publish(type, "1", "after");
            topic.until(3);
            relay.streaming();
            assertThat(relay.metrics().errors(FailureKind.PROTOCOL)).isEqualTo(1);
        }
        assertThat(topic.poll())
                .extracting(TopicReader::value)
                .containsExactly("before", "corrupted on its way", "after");
        assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
        return failure.getMessage();
    }

    @Test
    void namesThePositionOfAMessageOfUnknownType() {
        assertThat(failureAfter(once('I', MESSAGE_TYPE, '?')))
                .contains("unknown message type")
                .contains("at " + corrupted.get());
    }

    @Test
    void namesThePositionOfAMalformedMessage() {
        // The kind of the tuple, which follows the relation's id.
        assertThat(failureAfter(once('I', MESSAGE_TYPE + 1 + Integer.BYTES, '?')))
                .contains("at " + corrupted.get());
    }

    @Test
    void namesThePositionBeforeAFrameOfUnknownKind() {
        assertThat(failureAfter(once('I', FRAME_KIND, '?')))
                .contains("Malformed replication frame")
                .containsPattern("after [0-9A-F]+/[0-9A-F]+");
    }
}
