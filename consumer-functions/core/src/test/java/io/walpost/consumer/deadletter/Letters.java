package io.walpost.consumer.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordKey;
import io.walpost.consumer.Records;
import io.walpost.consumer.TransactionalDatabase;
import io.walpost.consumer.UnprocessableEventException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The table of dead letters in tests. */
final class Letters {

    static final String CONSUMER = "test";

    static final Outcome.DeadLetter VERDICT =
            new Outcome.DeadLetter(new UnprocessableEventException("no such order"), Failure.UNPROCESSABLE_EVENT);

    private Letters() {}

    static JdbcDeadLetters parking(TransactionalDatabase database) {
        return new JdbcDeadLetters(database.dataSource, CONSUMER, Ordering.PARK, Duration.ofSeconds(10));
    }

    static RecordKey key(String key) {
        return new RecordKey(Records.TOPIC, ByteBuffer.wrap(key.getBytes(UTF_8)));
    }

    /** A dead letter of the key and those behind it. */
    static void park(TransactionalDatabase database, String key, long... offsets) throws Exception {
        JdbcDeadLetters letters = parking(database);
        for (long offset : offsets) {
            IncomingRecord record = Records.event(key, offset);
            if (!letters.park(record)) {
                letters.put(record, VERDICT);
            }
        }
    }
}
