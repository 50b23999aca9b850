package io.walpost.relay.service.cli;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** The log of a command that does not start Quarkus, which would otherwise keep it to itself for ever. */
final class CommandLog {

    private static final String FORMAT = "%d{HH:mm:ss} %-5p %s%n";

    /** Loggers that are gone when nobody holds them would forget their level. */
    private static Map<String, Logger> held = Map.of();

    private CommandLog() {}

    /** To standard error, since standard output is the command's. */
    static void toStandardError(boolean verbose) {
        ConsoleHandler handler = new ConsoleHandler(ConsoleHandler.Target.SYSTEM_ERR, new PatternFormatter(FORMAT));
        held = Stream.of("", "org.apache.kafka").collect(Collectors.toMap(name -> name, Logger::getLogger));
        held.get("").setLevel(verbose ? Level.INFO : Level.WARNING);
        // The client reports every attempt to reach a broker; the command says it once.
        held.get("org.apache.kafka").setLevel(verbose ? Level.WARNING : Level.OFF);
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {handler});
    }
}
