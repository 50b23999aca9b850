package io.walpost.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs what is in an image as a container does, without one: in its own view of the file system, whose root is the image's
 * and read-only, with this machine's Java and libraries in it, a {@code /tmp} in memory, as the image's user and without
 * any capability. That takes root and Linux.
 */
final class Sandbox {

    /** Arguments: the new root, the folder of Java, user, group, and the command. */
    private static final String SCRIPT = """
            set -eu
            root=$1 java=$2 user=$3 group=$4
            shift 4
            mount --make-rprivate /
            mount --bind "$root" "$root"
            for folder in bin sbin lib lib64 usr dev proc sys etc/ssl etc/alternatives; do
                if [ -L "/$folder" ]; then
                    ln -sfn "$(readlink "/$folder")" "$root/$folder"
                elif [ -d "/$folder" ]; then
                    mkdir -p "$root/$folder"
                    mount --rbind "/$folder" "$root/$folder"
                fi
            done
            cp /etc/passwd /etc/group /etc/hosts /etc/nsswitch.conf /etc/ld.so.cache "$root/etc/"
            if [ ! -d "$root$java" ]; then
                mkdir -p "$root$java"
                mount --rbind "$java" "$root$java"
            fi
            mkdir -p "$root/tmp"
            mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/tmp"
            mount -o remount,bind,ro "$root"
            exec chroot "$root" setpriv --reuid="$user" --regid="$group" --clear-groups --no-new-privs \\
                --inh-caps=-all --bounding-set=-all sh -c 'cd /walpost && exec "$@"' sh "$@"
            """;

    private Sandbox() {}

    /** Whether this machine can do that. */
    static boolean works() {
        return "root".equals(System.getProperty("user.name"))
                && Stream.of("unshare", "setpriv", "chroot")
                        .allMatch(program -> Arrays.stream(System.getenv("PATH").split(":"))
                                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
    }

    /** The command line that runs a command of the image, whose files are in a folder of its own. */
    static List<String> command(ImageArchive image, Path root, List<String> command) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        String[] user = image.config().get("User").asText().split(":");
        List<String> line = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                SCRIPT,
                "sandbox",
                root.toAbsolutePath().toString(),
                System.getProperty("java.home"),
                user[0],
                user[1]));
        line.addAll(command);
        return line;
    }
}
