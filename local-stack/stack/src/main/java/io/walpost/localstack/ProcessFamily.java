package io.walpost.localstack;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server's first process and all that descend from it, such as PostgreSQL's postmaster and its backends.
 *
 * @param root the first process
 */
record ProcessFamily(ProcessHandle root) {

    /** Ends all of them at once and returns when they are gone. */
    void kill(Duration limit) {
        // A stopped process starts no others, so the list of its descendants stays complete.
        Signals.send("STOP", List.of(root.pid()));
        List<ProcessHandle> members = members();
        Signals.send("KILL", pids(members));
        if (!Processes.awaitGone(members, limit)) {
            throw new LocalStackException("Process " + root.pid() + " does not end upon SIGKILL. End it by hand.");
        }
    }

    /** Asks the server to end, and kills it if it does not in time. */
    void end(String signal, Duration limit) {
        List<ProcessHandle> members = members();
        Signals.send(signal, List.of(root.pid()));
        Signals.send("CONT", pids(members));
        if (!Processes.awaitGone(members, limit)) {
            kill(limit);
        }
    }

    /** Returns when all of them stand still: a thread that runs on another processor takes the signal a little later. */
    void pause() {
        Signals.send("STOP", List.of(root.pid()));
        List<Long> pids = pids();
        Signals.send("STOP", pids);
        Processes.awaitStopped(pids);
    }

    void resume() {
        Signals.send("CONT", pids());
    }

    List<Long> pids() {
        return pids(members());
    }

    private List<ProcessHandle> members() {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    private static List<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).toList();
    }
}
