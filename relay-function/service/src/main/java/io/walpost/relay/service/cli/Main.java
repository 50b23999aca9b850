package io.walpost.relay.service.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/** Where the process begins. */
@QuarkusMain
public final class Main {

    private static final String STREAM = "stream";

    private Main() {}

    public static void main(String... arguments) throws InterruptedException {
        Optional<ServiceCommand> service = service(arguments);
        int exitCode = service.isPresent()
                ? service.get().call()
                : Walpost.commandLine().execute(arguments);
        System.exit(exitCode);
    }

    /** A service is started in a hurry more often than by somebody who looks for options: without the parser. */
    private static Optional<ServiceCommand> service(String... arguments) {
        String command = arguments.length == 0 ? STREAM : arguments.length == 1 ? arguments[0] : "";
        return switch (command) {
            case STREAM -> Optional.of(new StreamCommand());
            case "drain-endpoint" -> Optional.of(new DrainEndpointCommand());
            default -> Optional.empty();
        };
    }
}
