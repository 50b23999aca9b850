package io.walpost.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.demo.FreePorts;
import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.ServiceCommand;
import io.walpost.demo.stage.ServiceProcess;
import io.walpost.localstack.LocalServer;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What can happen to a consumer or to the system that it writes to. Each is over when the consumer is at work again. */
enum ConsumerFault {

    /** With {@code kill -9}, after effects of which Kafka has not been told. */
    KILLED {
        @Override
        void strike(Site site, ConsumerFunction function, RandomGenerator random) throws Exception {
            ServiceProcess consumer = site.consumer(function);
            double again = 0;
            // Kafka is told once a second. A kill just then, while nothing else is in work, would show nothing.
            for (int kill = 0; again == 0 && kill < MOST_KILLS; kill++) {
                consumer.kill();
                consumer.start();
                site.awaitProgress(function);
                again = Site.eventsOfRunning(consumer, DUPLICATE);
            }
            assertThat(again)
                    .as("%s: events that had their effect before a kill and came again", function.label())
                    .isPositive();
        }
    },

    /** A second instance takes partitions over, and is gone again. */
    ANOTHER_JOINS_AND_LEAVES {
        @Override
        void strike(Site site, ConsumerFunction function, RandomGenerator random) throws Exception {
            ServiceProcess second = site.stage().another(function, FreePorts.one());
            try {
                second.start();
                await(second.name() + " has partitions").atMost(Site.LIMIT).until(() -> Site.events(second) > 0);
                if (random.nextBoolean()) {
                    second.kill();
                }
            } finally {
                second.close();
            }
            site.awaitProgress(function);
        }
    },

    /** With {@code kill -9}, for longer than a consumer tries what may be the event's own fault. */
    SINK_STOPPED {
        @Override
        void strike(Site site, ConsumerFunction function, RandomGenerator random) throws Exception {
            LocalServer sink = site.stage().servers().sink(function);
            double retries = retries(site, function);
            sink.kill();
            await(function.label() + " waits for its sink")
                    .during(Site.RETRY_WINDOW.plusSeconds(1))
                    .atMost(Site.LIMIT)
                    .until(() -> retries(site, function) > retries);
            sink.start();
            site.awaitProgress(function);
        }
    },

    /** It stands still for most of the time, now and then for longer than a request may take. */
    SINK_SLOW {
        @Override
        void strike(Site site, ConsumerFunction function, RandomGenerator random) throws Exception {
            LocalServer sink = site.stage().servers().sink(function);
            for (int pause = 0; pause < PAUSES; pause++) {
                sink.pause();
                try {
                    Thread.sleep(pause == 0 ? LONG_PAUSE : Duration.ofMillis(random.nextInt(SHORT_PAUSE_MILLIS)));
                } finally {
                    sink.resume();
                }
                Thread.sleep(BREATH);
            }
            site.awaitProgress(function);
        }
    },

    /** The group goes back to the beginning of the topic. */
    EVERYTHING_AGAIN {
        @Override
        void strike(Site site, ConsumerFunction function, RandomGenerator random) throws Exception {
            goBack(site, function);
            site.awaitProgress(function);
        }
    };

    static final String APPLIED = "outcome=\"applied\"";
    static final String DUPLICATE = "outcome=\"duplicate\"";

    private static final int MOST_KILLS = 5;
    private static final int PAUSES = 5;
    private static final int SHORT_PAUSE_MILLIS = 600;
    private static final Duration LONG_PAUSE = Duration.ofSeconds(6);
    private static final Duration BREATH = Duration.ofMillis(100);
    private static final int TRY_AGAIN = 75;

    abstract void strike(Site site, ConsumerFunction function, RandomGenerator random) throws Exception;

    private static double retries(Site site, ConsumerFunction function) throws InterruptedException {
        return Site.sum(site.consumer(function), "walpost_consumer_retries_total");
    }

    /** As an operator does it: stop, {@code offsets reset --earliest}, start. */
    static void goBack(Site site, ConsumerFunction function) throws Exception {
        site.consumer(function).close();
        // Kafka takes an instance that was killed for a member until its session has run out.
        ServiceCommand reset = await(function.label() + " can be reset")
                .atMost(Site.LIMIT)
                .until(
                        () -> site.consumer(function).run("offsets", "reset", "--earliest"),
                        command -> command.exitCode() != TRY_AGAIN);
        assertThat(reset.exitCode()).as(reset.errors()).isZero();
        assertThat(reset.output()).contains("records are delivered again");
        site.consumer(function).start();
    }
}
