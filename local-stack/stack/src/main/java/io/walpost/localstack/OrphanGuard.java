package io.walpost.localstack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Ends a server when the JVM that started it is gone, even when that JVM was killed and could run no shutdown hook.
 *
 * <p>The guard is a shell that reads from a pipe which this JVM holds open: the read ends when the JVM does, whatever
 * ended it. That comes after the last shutdown hook, so an application that ends its own parts in its own order still
 * has its servers then. A shell outside the server also guards a server that is paused.
 */
final class OrphanGuard {

    // Arguments: process id, signal for an orderly end, seconds until SIGKILL, folder to remove or nothing.
    // Ctrl-C reaches every process of the terminal; this one must outlive it.
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            read -r released && exit 0
            kill -s "$1" "$0" 2>/dev/null
            kill -s CONT "$0" 2>/dev/null
            left=$2
            while [ "$left" -gt 0 ] && kill -0 "$0" 2>/dev/null; do sleep 1; left=$((left - 1)); done
            kill -s KILL "$0" 2>/dev/null
            [ -z "$3" ] || rm -rf -- "$3"
            """;

    private final Process shell;

    private OrphanGuard(Process shell) {
        this.shell = shell;
    }

    static OrphanGuard of(long pid, String stopSignal, long seconds, DataFolder folder) throws IOException {
        return new OrphanGuard(new ProcessBuilder(
                        "sh",
                        "-c",
                        SCRIPT,
                        Long.toString(pid),
                        stopSignal,
                        Long.toString(seconds),
                        folder.isTemporary() ? folder.path().toString() : "")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start());
    }

    /** Tells the guard that its server is gone and that there is nothing left to guard. */
    void release() {
        shell.destroyForcibly();
    }
}
