package io.walpost.consumer.runtime.cli;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;

/** Does what the command line says, with the function's own parts. */
@Singleton
@Unremovable
class CommandApplication implements QuarkusApplication {

    private final CommandStop stop;

    CommandApplication(CommandStop stop) {
        this.stop = stop;
    }

    @Override
    public int run(String... arguments) {
        try {
            return Function.commandLine().execute(arguments);
        } finally {
            stop.ended();
        }
    }
}
