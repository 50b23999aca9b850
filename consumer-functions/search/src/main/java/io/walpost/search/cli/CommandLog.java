package io.walpost.search.cli;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** The log of a command that does not start Quarkus, which would otherwise keep it to itself for ever. */
final class CommandLog {

    private static final String FORMAT = "%d{HH:mm:ss} %-5p %s%n";

    /** Loggers that are gone when nobody holds them would forget their level. */
    private static List<Logger> held = List.of();

    private CommandLog() {}

    /** To standard error, since standard output is the command's. */
    static void toStandardError() {
        ConsoleHandler handler = new ConsoleHandler(ConsoleHandler.Target.SYSTEM_ERR, new PatternFormatter(FORMAT));
        held = List.of(
                atLevel("", Level.WARNING),
                // The client reports every attempt to reach a broker; the command says it once.
                atLevel("org.apache.kafka", Level.OFF),
                // The command names at its end what it has left out, and not without bounds.
                atLevel("io.walpost.consumer.DeadLetterDelivery", Level.SEVERE));
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {handler});
    }

    private static Logger atLevel(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }
}
