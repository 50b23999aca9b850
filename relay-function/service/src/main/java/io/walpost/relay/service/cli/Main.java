package io.walpost.relay.service.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process begins. */
@QuarkusMain
public final class Main {

    private static final String STREAM = "stream";

    private Main() {}

    public static void main(String... arguments) {
        boolean isService = arguments.length == 0 || arguments.length == 1 && arguments[0].equals(STREAM);
        // A service is started in a hurry more often than by somebody who looks for options: without the parser.
        int exitCode =
                isService ? new StreamCommand().call() : Walpost.commandLine().execute(arguments);
        System.exit(exitCode);
    }
}
