package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.parked.ParkedKeyAdmin;
import io.walpost.relay.publish.parked.ParkedStatus;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.ExitCode;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists parked keys. */
@Command(
        name = "parked",
        description = {
            "Lists the keys whose events are set aside behind one that could not be published, since when and why.",
            "",
            "Ends with 3 if there are any. It reads the dead-letter topic, and changes nothing."
        })
final class ParkedCommand extends RelayCommand {

    /** How long Kafka may take for one thing. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    protected int run(Configuration configuration) throws RelayException, InterruptedException {
        List<ParkedStatus> parked =
                new ParkedKeyAdmin(configuration.producer(), configuration.poison(), PATIENCE).parked();
        print(new ParkedReport(parked));
        return parked.isEmpty() ? ExitCode.OK : ExitCode.ATTENTION;
    }
}
