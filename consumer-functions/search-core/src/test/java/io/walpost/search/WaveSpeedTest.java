package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Says how many documents a second one thread indexes in waves; what a bench would say, without one. */
@Timeout(180)
class WaveSpeedTest {

    private static final int WAVE = 500;
    private static final int WARM_UP = 20;
    private static final int WAVES = 80;

    @Test
    void indexesWaves() throws Exception {
        try (Indices indices = new Indices()) {
            String alias = indices.newIndex().alias();
            SearchConsumer consumer = new SearchConsumer(indices.search, alias);
            List<List<IncomingRecord>> waves = IntStream.range(0, WARM_UP + WAVES)
                    .mapToObj(WaveSpeedTest::wave)
                    .toList();
            waves.subList(0, WARM_UP).forEach(consumer::consume);

            long began = System.nanoTime();
            for (List<IncomingRecord> wave : waves.subList(WARM_UP, waves.size())) {
                assertThat(consumer.consume(wave)).allMatch(Outcome::isSettled);
            }
            long millis = (System.nanoTime() - began) / 1_000_000;

            System.out.printf(
                    "%d documents in waves of %d in %d ms: %d/s%n",
                    WAVES * WAVE, WAVE, millis, WAVES * WAVE * 1000L / millis);
            assertThat(indices.count(alias)).isEqualTo((WARM_UP + WAVES) * WAVE);
        }
    }

    private static List<IncomingRecord> wave(int number) {
        long first = 1L + (long) number * WAVE;
        return LongStream.range(first, first + WAVE)
                .mapToObj(id -> OrderRecords.changed(id, 1))
                .toList();
    }
}
