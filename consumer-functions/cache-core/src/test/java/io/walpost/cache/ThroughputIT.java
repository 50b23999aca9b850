package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many events a second one thread applies, in waves of {@value #WAVE}, to orders that are being read. */
class ThroughputIT {

    private static final int WAVE = 500;
    private static final int WAVES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double WANTED = 10_000;

    private static CacheServer server;

    @BeforeAll
    static void start() {
        server = new CacheServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void appliesTenThousandEventsASecond(CacheMode mode) throws Exception {
        CacheHandler handler = server.handler(mode);
        fill();
        double best = 0;
        // A machine that is busy with something else makes some rounds slow, and a slow handler all.
        int rounds = 0;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (best <= WANTED && System.nanoTime() < end) {
            best = Math.max(best, measure(handler, events(rounds)));
            rounds++;
        }
        System.getLogger(ThroughputIT.class.getName())
                .log(System.Logger.Level.INFO, "{0}: {1} events a second, the best of {2} rounds", mode, best, rounds);

        assertThat(best).isGreaterThan(WANTED);
    }

    private static double measure(CacheHandler handler, List<List<ReceivedEvent>> waves) throws InterruptedException {
        long began = System.nanoTime();
        for (List<ReceivedEvent> wave : waves) {
            assertThat(handler.handle(wave)).containsOnly(new Outcome.Applied());
        }
        return WAVE * WAVES * 1e9 / (System.nanoTime() - began);
    }

    /** So that there are values to take away, or to replace. */
    private static void fill() throws InterruptedException {
        server.redis.command("FLUSHALL");
        CacheReader reader = server.reader();
        for (int order = 0; order < WAVE; order++) {
            reader.fill(order, reader.lookup(order).token(), 0, Orders.snapshot(0));
        }
    }

    /** Each wave a further version of the same orders. */
    private static List<List<ReceivedEvent>> events(int round) {
        List<List<ReceivedEvent>> waves = new ArrayList<>();
        for (int wave = 1; wave <= WAVES; wave++) {
            List<ReceivedEvent> events = new ArrayList<>();
            for (int order = 0; order < WAVE; order++) {
                events.add(Orders.changed(order, (long) round * WAVES + wave));
            }
            waves.add(events);
        }
        return waves;
    }
}
