package io.walpost.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.demo.TestStage;
import io.walpost.demo.check.CachedReads;
import io.walpost.demo.check.Verdict;
import io.walpost.demo.load.OrderClient;
import io.walpost.demo.load.OrderLoad;
import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.Parallel;
import io.walpost.demo.stage.StagePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Orders are placed, changed, cancelled, deleted and read, while consumers are killed, joined and left, their systems stop
 * and stand still, the relay is killed, and events come that nobody can process. Then the dead letters are worked, and
 * invoices, cache and search index agree with the order service's tables.
 *
 * <p>{@code -Dwalpost.faults.seed=…} repeats a run, {@code -Dwalpost.faults.duration=30m} makes it longer; otherwise each
 * fault strikes once.
 */
class WholePathFaultIT {

    private static final long SEED = Long.getLong("walpost.faults.seed", System.nanoTime());
    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("walpost.faults.duration", "0s"));

    private static final double ORDERS_PER_SECOND = 15;
    private static final long ORDERS_BEFORE = 20;
    private static final int RELAY_KILLS = 2;
    private static final int LONGEST_GAP_MILLIS = 4_000;

    private final Story story = new Story();
    private final TopicLog topic = new TopicLog();
    private final TestStage test =
            new TestStage("whole-path", new StagePlan(Set.of(ConsumerFunction.values()), true, Site.settings()), topic);

    @BeforeEach
    void start() throws InterruptedException {
        story.tell("Seed " + SEED);
        test.start();
        story.tell("Everything runs");
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void allSystemsAgreeWhateverHappens() throws Exception {
        try (Site site = new Site(test)) {
            run(site);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "%s%n%nTo repeat it: -Dwalpost.faults.seed=%d%n%s%nLogs: target/stages/whole-path/logs"
                            .formatted(e.getMessage(), SEED, story),
                    e);
        }
    }

    private void run(Site site) throws Exception {
        Poison poison = new Poison(test.stage(), topic);
        OrderLoad load = test.load(Integer.MAX_VALUE, ORDERS_PER_SECOND);
        try (load;
                Readers readers = new Readers(test.stage().orders().url(), load::committed)) {
            await("the load runs").atMost(Site.LIMIT).until(() -> load.committed() >= ORDERS_BEFORE);
            Parallel.run(lanes(site, poison));
            load.finish();
            TestStage.awaitDone(load);
            test.awaitSettled();
            story.tell("All is consumed: " + test.ledger().events() + " events");
            everythingAgain(site);
            assertThat(readers.found()).as("reads through the cache").isPositive();
        }
        workDeadLetters(site, poison);
        Verdict verdict = test.verdict(load.rolledBack());
        story.tell(verdict.summary());
        assertThat(verdict.differences()).as(verdict.summary()).isEmpty();
        assertThat(verdict.deleted()).as("orders that were deleted").isPositive();
        assertThat(CachedReads.differences(
                        test.stage(), new OrderClient(test.stage().orders().url())))
                .isEmpty();
        story.tell("Every order reads right through the cache");
    }

    /** One for each consumer with its sink, one for the relay, one for what they are given. */
    private List<Parallel.Task> lanes(Site site, Poison poison) {
        Instant end = Instant.now().plus(DURATION);
        List<Parallel.Task> lanes = new ArrayList<>();
        for (ConsumerFunction function : ConsumerFunction.values()) {
            List<Lane.Planned> faults = Arrays.stream(ConsumerFault.values())
                    // A single round has it at its end, when nothing else is done.
                    .filter(fault -> !DURATION.isZero() || fault != ConsumerFault.EVERYTHING_AGAIN)
                    .map(fault -> new Lane.Planned(fault.name(), random -> fault.strike(site, function, random)))
                    .toList();
            lanes.add(new Lane(function.label(), faults, new Random(SEED + function.ordinal()), end, story));
        }
        Lane.Planned kill = new Lane.Planned("KILLED", random -> killRelay(site, random));
        lanes.add(new Lane("relay", Collections.nCopies(RELAY_KILLS, kill), new Random(~SEED), end, story));
        lanes.add(() -> {
            poison.plant();
            story.tell("poison: planted");
        });
        return lanes;
    }

    private void killRelay(Site site, Random random) throws Exception {
        Thread.sleep(random.nextInt(LONGEST_GAP_MILLIS));
        test.stage().relay().kill();
        test.stage().relay().start();
        await("the relay publishes")
                .atMost(Site.LIMIT)
                .until(() -> Site.sum(test.stage().relay(), "walpost_relay_events_total") > 0);
    }

    /** All that had its effect has none, in any of the systems. */
    private void everythingAgain(Site site) throws Exception {
        List<Parallel.Task> resets = new ArrayList<>();
        for (ConsumerFunction function : ConsumerFunction.values()) {
            resets.add(() -> {
                ConsumerFault.goBack(site, function);
            });
        }
        Parallel.run(resets);
        test.awaitSettled();
        for (ConsumerFunction function : ConsumerFunction.values()) {
            double again = Site.eventsOfRunning(site.consumer(function), ConsumerFault.DUPLICATE);
            assertThat(again).as("%s: duplicates", function.label()).isPositive();
            assertThat(Site.eventsOfRunning(site.consumer(function), ConsumerFault.APPLIED))
                    .as("%s: second effects", function.label())
                    .isZero();
            story.tell("%s: everything came again; %.0f duplicates, no effects".formatted(function.label(), again));
        }
    }

    private void workDeadLetters(Site site, Poison poison) throws Exception {
        List<Parallel.Task> desks = new ArrayList<>();
        for (ConsumerFunction function : ConsumerFunction.values()) {
            desks.add(() -> {
                DeadLetterDesk desk = new DeadLetterDesk(site, function, poison, topic);
                List<Letter> letters = desk.check();
                desk.work(letters);
                story.tell(function.label() + ": " + letters.size() + " dead letters, "
                        + letters.stream().filter(Letter::isParked).count() + " of them parked, are seen to");
            });
        }
        Parallel.run(desks);
    }
}
