package io.walpost.relay.faults;

/**
 * What an event says: its number within its aggregate, and a filling by which a reader sees whether all of it has
 * arrived.
 */
final class Payload {

    static final String ROLLED_BACK = "rolled back";

    private Payload() {}

    static String of(String aggregate, int number, int filling) {
        return number + ":" + filling + ":" + letter(aggregate, number).repeat(filling);
    }

    /** The number, if the rest is as it was written. */
    static int number(String aggregate, String payload) {
        String[] parts = payload.split(":", 3);
        int number = Integer.parseInt(parts[0]);
        if (!payload.equals(of(aggregate, number, Integer.parseInt(parts[1])))) {
            throw new AssertionError("The payload of event " + number + " of " + aggregate + " arrived changed");
        }
        return number;
    }

    private static String letter(String aggregate, int number) {
        return String.valueOf((char) ('a' + Math.floorMod(aggregate.hashCode() + number, 26)));
    }
}
