package io.walpost.cache;

import io.vertx.redis.client.Response;
import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a failure of Redis means for the event.
 *
 * <p>Refused, or tried a few times only, is what can be the fault of an entry or of its event: a dead letter for a command
 * that is renamed would be one for every event. Everything else lies in the surroundings, and is waited out, also what is
 * not known: who may not can be allowed to, and what stands in the way can be taken away.
 */
final class RedisFailures {

    /** By the first word of Redis's message. */
    private static final Map<String, Failure> BY_WORD = Map.ofEntries(
            Map.entry("CONNECTION_CLOSED", Failure.SINK_UNREACHABLE), // the client's own word
            Map.entry("LOADING", Failure.SINK_UNREACHABLE), // reads its file after a start
            Map.entry("MASTERDOWN", Failure.SINK_UNREACHABLE),
            Map.entry("CLUSTERDOWN", Failure.SINK_UNREACHABLE),
            Map.entry("READONLY", Failure.SINK_UNREACHABLE), // a replica, or the master before last
            Map.entry("MOVED", Failure.SINK_UNREACHABLE), // a node of a cluster, asked as if it were alone
            Map.entry("NOAUTH", Failure.SINK_UNREACHABLE),
            Map.entry("WRONGPASS", Failure.SINK_UNREACHABLE),
            Map.entry("NOPERM", Failure.SINK_UNREACHABLE),
            Map.entry("OOM", Failure.SINK_OVERLOADED), // maxmemory is reached, and nothing may be evicted
            Map.entry("BUSY", Failure.SINK_OVERLOADED), // a script runs for too long
            Map.entry("MISCONF", Failure.SINK_OVERLOADED), // cannot write its file
            Map.entry("NOREPLICAS", Failure.SINK_OVERLOADED),
            Map.entry("TRYAGAIN", Failure.SINK_OVERLOADED),
            Map.entry("NOSCRIPT", Failure.SINK_OVERLOADED), // forgotten between two requests: SCRIPT FLUSH
            Map.entry("WRONGTYPE", Failure.SINK_REFUSED)); // another program's key

    /** Before version 7, Redis says of errors in a script also where they came up, and of some of them twice. */
    private static final Pattern PLACE_IN_SCRIPT =
            Pattern.compile("^(?:ERR Error running script \\(call to \\w+\\): )?(?:@user_script: ?\\d+: )*-?");

    /** What Lua says of a value that is not what the script takes it for. Of a function that is missing it says "call". */
    private static final Pattern ODD_VALUE = Pattern.compile(
            "(?:ERR )?user_script:\\d+: attempt to (?:compare|concatenate|get length|index|perform arithmetic)\\b.*",
            Pattern.DOTALL);

    private static final String TOO_MANY_CLIENTS = "ERR max number of clients reached";

    /** Of one argument, which can only be the snapshot; that of a request without a login is another. */
    private static final String TOO_LARGE = "ERR Protocol error: invalid bulk length";

    /** How messages begin that lie in the surroundings; as far as here they quote nothing. */
    private static final List<Surroundings> SURROUNDINGS = List.of(
            new Surroundings("DENIED", "it is in protected mode; give it a password, and an address to bind"),
            new Surroundings("ERR operation not permitted", "it may want a login"),
            new Surroundings(
                    "ERR unknown command", "is EVALSHA renamed, or does something stand before Redis that lacks it?"),
            new Surroundings("ERR ACL failure in script", "the user needs the commands of the script, too"),
            new Surroundings(
                    "The user executing the script can't run", "the user needs the commands of the script, too"),
            new Surroundings("Unknown Redis command called from", "is a command renamed that the script uses?"),
            new Surroundings("ERR Unknown Redis command called from", "is a command renamed that the script uses?"));

    private RedisFailures() {}

    /** What Redis did not say itself is the connection's. */
    static Exception of(Throwable failure) {
        if (failure instanceof SinkException known) {
            return known;
        }
        return failure instanceof Response
                ? saying(failure.getMessage())
                : new SinkException(
                        Failure.SINK_UNREACHABLE,
                        failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                        failure);
    }

    /**
     * Of a login that was not taken. Whatever Redis says then, it is no event's fault; its words differ between versions, and
     * only the first is told.
     */
    static Exception ofLogin(Throwable failure) {
        return failure instanceof Response
                ? new SinkException(
                        Failure.SINK_UNREACHABLE, "Redis refused the login: " + firstWord(failure.getMessage()), null)
                : of(failure);
    }

    /** Of an answer that a script does not give, nor Redis for it. */
    static SinkException noAnswerOfTheScript() {
        return new SinkException(
                Failure.SINK_UNREACHABLE,
                "Something else was answered than the script answers; look at what stands before Redis",
                null);
    }

    /** @param message Redis's */
    static SinkException saying(String message) {
        return known(PLACE_IN_SCRIPT.matcher(message).replaceFirst("").strip());
    }

    private static SinkException known(String message) {
        if (message.startsWith(TOO_MANY_CLIENTS)) {
            return new SinkException(Failure.SINK_OVERLOADED, message, null);
        }
        if (message.startsWith(TOO_LARGE)) {
            return new SinkException(Failure.SINK_REFUSED, TOO_LARGE, null);
        }
        String word = firstWord(message);
        Failure kind = BY_WORD.get(word);
        return kind == null ? unknown(message, word) : new SinkException(kind, message, null);
    }

    /** What is not known may quote the request, and with it the payload. */
    private static SinkException unknown(String message, String word) {
        if (ODD_VALUE.matcher(message).matches()) {
            return new SinkException(Failure.UNKNOWN, "The script does not understand the entry", null);
        }
        String told = SURROUNDINGS.stream()
                .filter(known -> message.startsWith(known.beginning()))
                .findFirst()
                .map(known -> known.beginning() + "; " + known.advice())
                .orElse(word);
        return new SinkException(Failure.SINK_UNREACHABLE, "Redis refused the request: " + told, null);
    }

    private static String firstWord(String message) {
        return message.split(" ", 2)[0];
    }

    private record Surroundings(String beginning, String advice) {}
}
