package io.walpost.relay.replication;

/**
 * One thing that the relay needs.
 *
 * @param subject what it is, as in {@code publication walpost}
 * @param sql what makes it; empty if it is there already
 */
public record SetupStep(String subject, String sql) {

    static SetupStep done(String subject) {
        return new SetupStep(subject, "");
    }

    /** Whether it makes the relay's role, which needs a password besides. */
    public boolean makesRole() {
        return sql.startsWith("CREATE ROLE ");
    }

    /** Whether it is there already. */
    public boolean isDone() {
        return sql.isEmpty();
    }
}
