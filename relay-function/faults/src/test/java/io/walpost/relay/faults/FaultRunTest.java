package io.walpost.relay.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing missing, nothing from rolled-back work, each aggregate in its order, and no more duplicates than the faults
 * allow, whatever happens to relay, PostgreSQL, Kafka and the network between them.
 *
 * <p>{@code -Dwalpost.faults.seed=…} repeats a run, {@code -Dwalpost.faults.duration=30m} makes it longer.
 */
class FaultRunTest {

    private static final long SEED = Long.getLong("walpost.faults.seed", System.nanoTime());
    private static final Duration DURATION =
            Duration.parse("PT" + System.getProperty("walpost.faults.duration", "60s"));

    @ParameterizedTest
    @EnumSource
    void holdsWhatIsPromisedWhateverHappens(Promise promise) throws IOException {
        new FaultRun(promise, SEED).run(DURATION);
    }

    @Test
    void aSeedDecidesAboutFaultsAndTransactions() {
        assertThat(faults(1)).isEqualTo(faults(1)).isNotEqualTo(faults(2));
        assertThat(transactions(1)).isEqualTo(transactions(1)).isNotEqualTo(transactions(2));
    }

    @Test
    void everyFaultComesOnceBeforeAnyComesAgain() {
        assertThat(faults(SEED)).extracting(PlannedFault::fault).containsExactlyInAnyOrder(Fault.values());
    }

    @Test
    void writersDoAllKindsOfTransactions() {
        List<PlannedTransaction> transactions = transactions(SEED);
        assertThat(transactions).anyMatch(transaction -> transaction.steps().size() == Mix.HUGE);
        assertThat(transactions).anyMatch(transaction -> !transaction.commits());
        assertThat(transactions)
                .anyMatch(transaction -> transaction.commits()
                        && transaction.steps().stream().anyMatch(PlannedTransaction.Step::undone));
    }

    private static List<PlannedFault> faults(long seed) {
        FaultPlan plan = new FaultPlan(seed);
        return Stream.generate(plan::next).limit(Fault.values().length).toList();
    }

    private static List<PlannedTransaction> transactions(long seed) {
        return Stream.iterate(1L, number -> number + 1)
                .limit(3_000)
                .map(number -> Mix.ROUGH.transaction(seed, 0, number, 60))
                .toList();
    }
}
