package io.walpost.relay.route;

/** What Kafka allows as a topic's name: 1 to 249 letters, digits, dots, underscores and hyphens. */
final class TopicName {

    private static final int MAX_LENGTH = 249;

    private TopicName() {}

    /** Says what is wrong with the name; null if nothing is. */
    static String flaw(String name) {
        if (name.isEmpty()) {
            return "it is empty";
        }
        if (name.length() > MAX_LENGTH) {
            return "it has " + name.length() + " characters, and Kafka takes no more than " + MAX_LENGTH;
        }
        if (name.equals(".") || name.equals("..")) {
            return "Kafka takes neither . nor ..";
        }
        return allowed(name) ? null : "Kafka takes only letters a-z A-Z, digits, '.', '_' and '-'";
    }

    private static boolean allowed(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '.'
                    || c == '_'
                    || c == '-')) {
                return false;
            }
        }
        return true;
    }
}
