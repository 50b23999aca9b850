package io.walpost.search.cli;

import io.walpost.consumer.SinkException;
import org.apache.kafka.common.KafkaException;

/** A rebuild failed when it had made the switch: what it would have read then may be missing. The message says how to go on. */
final class UnfinishedRebuildException extends Exception {

    /**
     * @param alias what names the new index already
     * @param cause why it could not go on
     */
    UnfinishedRebuildException(String alias, String newIndex, String oldIndex, Exception cause) {
        super(
                "The alias " + alias + " names " + newIndex + " already, and the last changes from before that may be"
                        + " missing in it: " + describe(cause) + "\n" + oldIndex
                        + " stays. When that is mended, rebuild"
                        + " anew with --discard-unfinished; the function goes on with " + newIndex + " meanwhile.",
                cause);
    }

    private static String describe(Exception cause) {
        return switch (cause) {
            case SinkException sink -> sink.getMessage() + " (" + sink.kind().hint() + ")";
            case KafkaException kafka -> "the topic cannot be read: " + kafka.getMessage();
            default -> cause.toString();
        };
    }
}
