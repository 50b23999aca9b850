package io.walpost.localstack;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts programs whose output goes to a server's log. */
final class Commands {

    private static final File NOTHING = new File("/dev/null");

    private Commands() {}

    static Process start(List<String> command, Map<String, String> environment, LogFile log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.path().getParent().toFile())
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.path().toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * The same command away from the terminal's process group where the system can do that: Ctrl-C is then for this JVM
     * alone, which ends its servers when it is done with them. The command keeps its process id.
     */
    static List<String> inOwnSession(List<String> command) {
        if (!onPath("setsid")) {
            return command;
        }
        List<String> inSession = new ArrayList<>(List.of("setsid"));
        inSession.addAll(command);
        return inSession;
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
