package io.walpost.search;

import io.walpost.consumer.SinkException;
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

    // As in BSD's sysexits.h, and as the relay's commands end.
    static final int OK = 0;
    static final int ATTENTION = 3;
    private static final int UNAVAILABLE = 69;
    static final int TRY_AGAIN = 75;
    private static final int CONFIGURATION = 78;

    @Option(
            names = {"-h", "--help"},
            order = 92,
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** @return how the command ends */
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
            return CONFIGURATION;
        } catch (SinkException e) {
            tell(e.getMessage() + "\n" + e.kind().hint());
            return UNAVAILABLE;
        } catch (KafkaException e) {
            tell("The topic cannot be read: " + e.getMessage() + "\nIs Kafka up and reachable?");
            return UNAVAILABLE;
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
