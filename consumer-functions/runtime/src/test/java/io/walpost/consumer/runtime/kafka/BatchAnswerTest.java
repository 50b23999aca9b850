package io.walpost.consumer.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordCoordinates;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchAnswerTest {

    private static final Outcome DONE = new Outcome.Applied();
    private static final Outcome LATER = Outcome.notNow();

    @Test
    void acknowledgesTheLastRecordOfEachPartition() {
        BatchAnswer answer = BatchAnswer.of(records("a-0", "a-0", "a-1", "b-0"), List.of(DONE, DONE, DONE, DONE));
        assertThat(answer.last()).containsExactly(1, 2, 3);
        assertThat(answer.complete()).isTrue();
    }

    @Test
    void acknowledgesOnlyWhatLiesBeforeTheFirstThatIsToBeTriedAgain() {
        BatchAnswer answer =
                BatchAnswer.of(records("a-0", "a-0", "a-0", "a-1", "a-1"), List.of(DONE, LATER, DONE, LATER, DONE));
        assertThat(answer.last()).containsExactly(0);
        assertThat(answer.complete()).isFalse();
    }

    @Test
    void acknowledgesNothingIfNothingIsDone() {
        assertThat(BatchAnswer.of(records("a-0"), List.of(LATER)).last()).isEmpty();
    }

    private static List<IncomingRecord> records(String... partitions) {
        return Stream.of(partitions)
                .map(place -> place.split("-"))
                .map(place -> new RecordCoordinates(place[0], Integer.parseInt(place[1]), 7))
                .map(place -> new IncomingRecord(place, null, List.of(), null))
                .toList();
    }
}
