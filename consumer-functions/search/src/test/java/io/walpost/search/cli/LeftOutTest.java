package io.walpost.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.Failure;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.SinkException;
import io.walpost.search.OrderRecords;
import org.junit.jupiter.api.Test;

class LeftOutTest {

    private final LeftOut leftOut = new LeftOut();

    @Test
    void namesAsManyAsAPersonMayLookThroughAndCountsAll() {
        SinkException cause = new SinkException(Failure.SINK_REFUSED, "The index refuses it", null);
        for (int i = 0; i < 2500; i++) {
            leftOut.put(OrderRecords.changed(i, 1), new Outcome.DeadLetter(cause, cause.kind()));
        }

        assertThat(leftOut.count()).isEqualTo(2500);
        assertThat(leftOut.first())
                .hasSize(1000)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.startsWith(OrderRecords.TOPIC) && line.endsWith(": The index refuses it"));
    }
}
