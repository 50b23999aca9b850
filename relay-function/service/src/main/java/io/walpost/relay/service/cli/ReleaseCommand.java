package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.parked.ParkedKeyAdmin;
import io.walpost.relay.publish.parked.ParkedStatus;
import io.walpost.relay.publish.parked.ReleaseOutcome;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes the events of parked keys again, and has the relay go on with them. */
@Command(
        name = "release",
        description = {
            "Publishes the dead letters of parked keys again, in order, and has the running relay publish the keys' later"
                    + " events as before.",
            "",
            "Ends with 3 if an event still cannot be published, or no such key is parked, and with 75 if no relay has"
                    + " answered. The key then stays parked, and the command may be run again; after a 75 a relay that"
                    + " starts next may let it go."
        })
final class ReleaseCommand extends RelayCommand {

    @ArgGroup(multiplicity = "1", exclusive = true)
    private Wanted wanted;

    @Option(
            names = "--skip",
            paramLabel = "EVENT_ID",
            description = "Leaves this event in the dead-letter topic. Repeat it for more.")
    private Set<String> skipped = Set.of();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long the relay may take to let the keys go; 30s by default.")
    private Duration timeout;

    @Override
    protected int run(Configuration configuration) throws RelayException, InterruptedException {
        List<ReleaseOutcome> outcomes = new ParkedKeyAdmin(
                        configuration.producer(), configuration.poison(), ParkedCommand.PATIENCE)
                .release(wanted.filter(), skipped, timeout);
        print(new ReleaseReport(outcomes));
        // All of none are released; a key that was named and is not parked may be misspelt.
        if (outcomes.isEmpty() && !wanted.all || outcomes.stream().anyMatch(ReleaseOutcome.Refused.class::isInstance)) {
            return ExitCode.ATTENTION;
        }
        return outcomes.stream().allMatch(ReleaseOutcome.Released.class::isInstance) ? ExitCode.OK : ExitCode.TRY_AGAIN;
    }

    /** Which keys. */
    static final class Wanted {

        @ArgGroup(exclusive = false)
        private OneKey oneKey;

        @Option(
                names = "--event",
                paramLabel = "EVENT_ID",
                required = true,
                description = "The key that is parked for this event.")
        private String eventId;

        @Option(names = "--all", required = true, description = "All parked keys.")
        private boolean all;

        Predicate<ParkedStatus> filter() {
            if (all) {
                return status -> true;
            }
            return oneKey == null
                    ? status -> status.parking().eventId().equals(eventId)
                    : status -> status.key().topic().equals(oneKey.topic)
                            && status.key().keyText().equals(oneKey.key);
        }
    }

    /** A key of a topic. */
    static final class OneKey {

        @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "The topic of the key.")
        private String topic;

        @Option(names = "--key", paramLabel = "KEY", required = true, description = "The key: an aggregate id.")
        private String key;
    }
}
