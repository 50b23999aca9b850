package io.walpost.consumer.runtime.cli;

import java.util.List;

/** How many letters a person wants to see. One more is asked for, to know whether there are more. */
record Limit(int letters) {

    /** @throws CommandException if it is none at all */
    static Limit of(int letters) throws CommandException {
        if (letters < 1) {
            throw new CommandException(ExitCode.USAGE, "--limit must be 1 or more, and is " + letters + ".");
        }
        return new Limit(letters);
    }

    int andOne() {
        return letters == Integer.MAX_VALUE ? letters : letters + 1;
    }

    <T> List<T> of(List<T> found) {
        return found.subList(0, Math.min(letters, found.size()));
    }

    boolean isExceededBy(List<?> found) {
        return found.size() > letters;
    }
}
