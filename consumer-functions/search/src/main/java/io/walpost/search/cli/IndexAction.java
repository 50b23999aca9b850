package io.walpost.search.cli;

import io.walpost.consumer.SinkException;
import io.walpost.consumer.runtime.cli.ExitCode;
import io.walpost.search.IndexException;
import io.walpost.search.Sink;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that does something with the index and ends. Results go to standard output, everything else to standard error. */
@Command(sortOptions = false)
abstract class IndexAction implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            order = 92,
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** @return one of {@link ExitCode} */
    abstract int run(Configuration configuration, Sink sink) throws IndexException, SinkException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            Configuration configuration = Configuration.load();
            try (Sink sink = Sink.of(configuration.search())) {
                return run(configuration, sink);
            }
        } catch (IllegalArgumentException | IndexException e) {
            tell(e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (SinkException e) {
            tell(e.getMessage() + "\n" + e.kind().hint());
            return ExitCode.UNAVAILABLE;
        } catch (KafkaException e) {
            tell("The topic cannot be read: " + e.getMessage() + "\nIs Kafka up and reachable?");
            return ExitCode.UNAVAILABLE;
        }
    }

    final void print(String result) {
        write(spec.commandLine().getOut(), result);
    }

    /** Tells somebody who is looking on. */
    final void tell(String text) {
        write(spec.commandLine().getErr(), text);
    }

    private static void write(PrintWriter to, String text) {
        to.println(text);
        to.flush();
    }
}
