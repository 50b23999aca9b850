package io.walpost.localstack;

import java.io.IOException;

/** Turns what went wrong at a start into a sentence for whoever started the server. */
final class StartFailure {

    private static final String DISK_FULL = "No space left on device";
    private static final String PORT_TAKEN = "Address already in use";

    private StartFailure() {}

    /** The server itself gave up; its log says why. */
    static LocalStackException of(String server, DataFolder folder, String what, LogFile log) {
        String tail = log.tail();
        if (tail.contains(DISK_FULL)) {
            return diskFull(server, folder, null);
        }
        if (tail.contains(PORT_TAKEN)) {
            return new LocalStackException(
                    "A port that %s needs is in use by another program. Stop that program or choose another port; %s names it."
                            .formatted(server, log.path()));
        }
        return new LocalStackException("%s %s. The end of its log, %s:%n%s".formatted(server, what, log.path(), tail));
    }

    /** A file could not be written or a program not be run. */
    static LocalStackException of(String server, DataFolder folder, IOException failure) {
        if (String.valueOf(failure.getMessage()).contains(DISK_FULL)) {
            return diskFull(server, folder, failure);
        }
        return new LocalStackException(
                "%s cannot start in %s (%s). Choose a folder that you may write to."
                        .formatted(server, folder.path(), failure),
                failure);
    }

    private static LocalStackException diskFull(String server, DataFolder folder, IOException cause) {
        return new LocalStackException(
                "%s cannot start: the disk of %s is full. Free some space or choose another folder."
                        .formatted(server, folder.path()),
                cause);
    }
}
