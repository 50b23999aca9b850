package io.walpost.localstack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own root is nobody, and it runs; the files it writes
 * still belong to root.
 */
final class UserNamespace {

    private static final List<String> ENTER = List.of("unshare", "--user");
    private static final String OTHERWISE = " Allow it, or run this as another user than root.";

    private UserNamespace() {}

    /** What to put before a command of PostgreSQL: nothing, except for root. */
    static List<String> prefix() throws IOException, InterruptedException {
        if (!"0".equals(output("id", "-u"))) {
            return List.of();
        }
        String user;
        try {
            user = output("unshare", "--user", "id", "-un");
        } catch (IOException e) {
            throw new LocalStackException(
                    "PostgreSQL does not run as root, and the program unshare, which gets around that, is missing."
                            + " Install it (package util-linux), or run this as another user than root.",
                    e);
        }
        if (user.isEmpty() || user.equals("root")) {
            throw new LocalStackException("PostgreSQL does not run as root, and this system refuses the user namespace"
                    + " that gets around that (unshare --user fails)." + OTHERWISE);
        }
        return ENTER;
    }

    /** What the command prints, or nothing if it fails. */
    private static String output(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        String text = new String(process.getInputStream().readAllBytes()).strip();
        return process.waitFor() == 0 ? text : "";
    }
}
