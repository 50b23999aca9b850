package io.walpost.relay.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.runtime.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** What runs from the start of the process to its end, most often the relay, with health and metrics around it. */
@ApplicationScoped
public class RelayService {

    private static final Logger LOG = Logger.getLogger(RelayService.class);

    /** What Quarkus's beans find when they are made. */
    private static volatile Occupation current;

    private final SlotMonitor monitor;

    RelayService(SlotMonitor monitor) {
        this.monitor = monitor;
    }

    /**
     * Relays until the process is told to end, or the relay ends by itself.
     *
     * @return one of {@link ExitCode}
     * @throws RelayException if a setting is wrong, one of those of HTTP among them
     */
    public static int run(Configuration configuration) throws RelayException, InterruptedException {
        return run(RelayThread.start(configuration.settings()), configuration);
    }

    /** The same for something that has begun. */
    public static int run(Occupation occupation, Configuration configuration)
            throws RelayException, InterruptedException {
        current = occupation;
        // While the relay connects: to find them takes a while, and the first event need not wait for that.
        configuration.unknownNames().forEach(LOG::warn);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(null, (code, cause) -> {
            exitCode.set(code);
            failure.set(cause);
        });
        if (failure.get() != null) {
            occupation.stop();
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "Health and metrics cannot be served: " + rootOf(failure.get())
                            + ". Is quarkus.http.port free (another relay on this machine needs another one), and are"
                            + " the settings quarkus.* right?",
                    failure.get());
        }
        return exitCode.get();
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    static Occupation current() {
        return current;
    }

    @Produces
    @Singleton
    static RelayMetrics metrics() {
        return current.metrics();
    }

    @Produces
    @Singleton
    static Settings settings() {
        return current.settings();
    }

    void start(@Observes StartupEvent event) {
        if (current.isStreaming()) {
            monitor.start(
                    new SlotInspector(current.settings().postgres()),
                    current.settings().walBudget());
        }
        current.end().thenAccept(Quarkus::asyncExit);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        monitor.stop();
        current.stop();
    }
}
