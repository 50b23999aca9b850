package io.walpost.consumer.runtime.cli;

import jakarta.json.JsonObject;
import java.util.List;

/** What a reset does, or would do. */
record OffsetMoves(String topic, String group, List<OffsetMove> moves, boolean dryRun) implements Report {

    long passedOver() {
        return moves.stream().mapToLong(OffsetMove::passedOver).sum();
    }

    OffsetMoves withDryRun() {
        return new OffsetMoves(topic, group, moves, true);
    }

    private static final String FORGOTTEN = "Records older than walpost.consumer.inbox.retention have their effect a"
            + " second time where the inbox decides.";

    @Override
    public String text() {
        Columns columns = new Columns("partition", "from", "to", "");
        for (OffsetMove move : moves) {
            columns.row(
                    Integer.toString(move.partition()),
                    Long.toString(move.from()),
                    Long.toString(move.to()),
                    effect(move));
        }
        return "Group " + group + ", topic " + topic + (dryRun ? ", nothing changed yet" : ", changed") + "\n"
                + columns
                + (moves.stream().anyMatch(move -> move.again() > 0) ? "\n" + FORGOTTEN : "");
    }

    private static String effect(OffsetMove move) {
        if (move.again() > 0) {
            return move.again() + " records are delivered again";
        }
        return move.passedOver() > 0 ? move.passedOver() + " records have no effect" : "";
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("group", group)
                .add("topic", topic)
                .add("dryRun", dryRun)
                .add(
                        "partitions",
                        Json.array(moves.stream().map(OffsetMoves::json).toList()))
                .build();
    }

    private static JsonObject json(OffsetMove move) {
        return Json.object()
                .add("partition", move.partition())
                .add("from", move.from())
                .add("to", move.to())
                .add("again", move.again())
                .add("passedOver", move.passedOver())
                .build();
    }
}
