package io.walpost.localstack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own root is nobody, and it runs; the files it writes
 * still belong to root.
 */
final class UserNamespace {

    private static final String UNSHARE = "unshare";
    private static final String OPTION = "--user";

    private UserNamespace() {}

    /** What to put before a command of PostgreSQL: nothing, except for root. */
    static List<String> prefix() throws IOException, InterruptedException {
        return "0".equals(output("id", "-u")) ? prefixForRoot(UNSHARE) : List.of();
    }

    static List<String> prefixForRoot(String unshare) throws IOException, InterruptedException {
        String user = user(unshare);
        if (user.isEmpty() || user.equals("root")) {
            throw new LocalStackException(
                    "PostgreSQL does not run as root, and this system refuses the user namespace that"
                            + " gets around it ('unshare --user id -un' fails). Allow user namespaces, or run this as another"
                            + " user than root.");
        }
        return List.of(unshare, OPTION);
    }

    /** The name that root has in the namespace; PostgreSQL insists on one. */
    private static String user(String unshare) throws InterruptedException {
        try {
            return output(unshare, OPTION, "id", "-un");
        } catch (IOException e) {
            throw new LocalStackException(
                    "PostgreSQL does not run as root, and the program unshare, which gets around it, is missing. Install"
                            + " it (package util-linux), or run this as another user than root.",
                    e);
        }
    }

    /** What the command prints, or nothing if it fails. */
    private static String output(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? text : "";
    }
}
