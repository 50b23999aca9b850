package io.walpost.localstack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sends the signals that {@link ProcessHandle} cannot. */
final class Signals {

    private Signals() {}

    /** Sends a signal to each process in turn; one that is gone already is passed over. */
    static void send(String signal, Collection<Long> pids) {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null || true", signal));
        pids.forEach(pid -> command.add(pid.toString()));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new LocalStackException("Cannot run sh to send SIG" + signal + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while sending SIG" + signal, e);
        }
    }
}
