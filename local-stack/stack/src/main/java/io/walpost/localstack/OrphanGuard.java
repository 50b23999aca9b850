package io.walpost.localstack;

import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends a server when the JVM that started it is gone, even when that JVM was killed and could run no shutdown hook.
 *
 * <p>The guard is a shell that reads from a pipe which this JVM holds open: the read ends when the JVM does, whatever
 * ended it. That comes after the last shutdown hook, so an application that ends its own parts in its own order still
 * has its servers then. A shell outside the server also guards a server that is paused.
 */
final class OrphanGuard {

    // Arguments: process id, signal for an orderly end, seconds until SIGKILL, folder to remove or nothing.
    // Each line that it reads names the processes that are paused now. A process group is not enough: PostgreSQL's
    // backends each have their own. Ctrl-C reaches every process of the terminal; the guard must outlive it.
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            paused=
            while read -r line; do paused=$line; done
            kill -s "$1" "$0" 2>/dev/null
            kill -s CONT $paused "$0" 2>/dev/null
            left=$(($2 * 10))
            while [ "$left" -gt 0 ] && kill -0 "$0" 2>/dev/null; do sleep 0.1; left=$((left - 1)); done
            kill -s KILL "$0" 2>/dev/null
            [ -z "$3" ] || rm -rf -- "$3"
            """;

    private final Process shell;
    private final Writer pipe;

    private OrphanGuard(Process shell) {
        this.shell = shell;
        this.pipe = shell.outputWriter();
    }

    static OrphanGuard of(long pid, String stopSignal, long seconds, String rubbish) throws IOException {
        return new OrphanGuard(
                new ProcessBuilder("sh", "-c", SCRIPT, Long.toString(pid), stopSignal, Long.toString(seconds), rubbish)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start());
    }

    /** Tells the guard which processes it would have to wake before they can end. */
    void paused(List<Long> pids) {
        try {
            pipe.write(pids.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n")));
            pipe.flush();
        } catch (IOException e) {
            throw new LocalStackException("The process that guards a server is gone: " + e.getMessage(), e);
        }
    }

    /** To be called when the server is gone: from then on its process id may be another's. */
    void release() {
        shell.destroyForcibly();
    }
}
