package io.walpost.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.Records;
import io.walpost.consumer.TransactionalDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CopiedDeadLettersTest {

    /** A topic, as far as its contract goes. */
    private static final class Topic implements DeadLetters {

        private final List<Failure> failures = new ArrayList<>();
        private boolean refuses;

        @Override
        public void put(IncomingRecord record, Outcome.DeadLetter verdict) throws DeadLetterException {
            if (refuses) {
                throw new DeadLetterException("refused", "none", null);
            }
            failures.add(verdict.failure());
        }
    }

    @Test
    void hasTheRowFirstAndTheCopyOnceBothTookIt() throws Exception {
        try (TransactionalDatabase database = new TransactionalDatabase()) {
            Topic topic = new Topic();
            DeadLetters letters = new CopiedDeadLetters(Letters.parking(database), topic);
            IncomingRecord first = Records.event("a", 1);
            IncomingRecord second = Records.event("a", 2);

            topic.refuses = true;
            assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> letters.put(first, Letters.VERDICT));
            assertThat(letters.parkedAmong(List.of(Letters.key("a"))))
                    .as("by its row")
                    .hasSize(1);
            assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> letters.park(second));

            topic.refuses = false;
            letters.put(first, Letters.VERDICT);
            assertThat(letters.park(second)).isTrue();
            assertThat(letters.park(Records.event("b", 3))).isFalse();

            assertThat(topic.failures).containsExactly(Failure.UNPROCESSABLE_EVENT, Failure.PARKED);
            assertThat(database.count("walpost_dead_letter")).isEqualTo(2);
        }
    }
}
