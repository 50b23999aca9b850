package io.walpost.localstack;

/** Turns what a server wrote before it gave up into a sentence for who started it. */
final class StartFailure {

    private StartFailure() {}

    static LocalStackException of(String server, boolean ended, DataFolder folder, LogFile log) {
        String tail = log.tail();
        if (tail.contains("No space left on device")) {
            return new LocalStackException(
                    "The disk of %s is full, so %s cannot start. Free some space or choose another folder."
                            .formatted(folder.path(), server));
        }
        if (tail.contains("Address already in use")) {
            return new LocalStackException(
                    "A port that %s needs is in use by another program. Stop that program or choose another port. (%s)"
                            .formatted(server, log.path()));
        }
        return new LocalStackException("%s %s. The end of %s:%n%s"
                .formatted(server, ended ? "ended while starting" : "did not answer in time", log.path(), tail));
    }
}
