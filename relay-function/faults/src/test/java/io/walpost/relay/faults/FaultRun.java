package io.walpost.relay.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writers, a relay, and one fault after the other; then the verdict on what arrived. */
final class FaultRun {

    private static final Logger LOG = LoggerFactory.getLogger(FaultRun.class);

    /** Small, so that the writers' larger transactions exceed it. */
    private static final int WINDOW = 1_000;

    private static final int EVENTS_PER_SECOND = 1_500;
    private static final int PARTITIONS = 6;

    private final Promise promise;
    private final long seed;
    private final List<Struck> struck = new ArrayList<>();
    private final StringBuilder story = new StringBuilder();

    FaultRun(Promise promise, long seed) {
        this.promise = promise;
        this.seed = seed;
        tell("Seed " + seed + ", " + promise);
    }

    /** @throws AssertionError that names the seed and what happened up to then */
    void run(Duration duration) throws IOException {
        try (Site site = new Site(WINDOW, promise.delivery())) {
            try {
                run(site, duration);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "%s\n\nTo repeat it: -Dwalpost.faults.seed=%d\n%s\nThe relay's last words:\n%s"
                                .formatted(
                                        e.getMessage(),
                                        seed,
                                        story,
                                        site.relay().logTail()),
                        e);
            }
        }
    }

    private void run(Site site, Duration duration) throws SQLException, InterruptedException {
        Writers.topics().forEach(topic -> site.kafka().createTopic(topic, PARTITIONS));
        Map<String, Integer> committed;
        try (Writers writers = new Writers(site.database(), Mix.ROUGH, seed, EVENTS_PER_SECOND)) {
            site.startRelay();
            site.caughtUp();
            strike(site, Instant.now().plus(duration));
            committed = writers.finish();
        }
        site.caughtUp();
        judge(site, committed);
    }

    private void strike(Site site, Instant end) throws InterruptedException {
        FaultPlan plan = new FaultPlan(seed);
        while (Instant.now().isBefore(end)) {
            PlannedFault next = plan.next();
            Thread.sleep(next.gap());
            Instant at = Instant.now();
            tell(at + "  " + next);
            next.fault().happen(site, () -> pause(next.length()));
            site.caughtUp();
            struck.add(new Struck(next.fault(), at, site.relayFrom()));
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void judge(Site site, Map<String, Integer> committed) {
        ArrivalCheck check = new ArrivalCheck(struck);
        ArrivalReader.read(site.kafka().bootstrapServers(), promise.isolation(), Writers.topics(), check::accept);
        check.duplicates().stream().filter(count -> count.total() > 0).forEach(count -> tell(count.toString()));
        tell("%d faults, %d events, %d arrivals"
                .formatted(
                        struck.size(),
                        committed.values().stream().mapToInt(Integer::intValue).sum(),
                        check.arrivals()));
        if (!check.arrived().equals(committed)) {
            throw new AssertionError("Committed: " + committed + "\nArrived: " + check.arrived());
        }
        List<DuplicateCount> excesses = promise.excesses(check.duplicates(), WINDOW);
        if (!excesses.isEmpty()) {
            throw new AssertionError("More came twice than may, with a window of " + WINDOW + ": " + excesses);
        }
    }

    private void tell(String line) {
        LOG.info("{}", line);
        story.append(line).append('\n');
    }
}
