package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.runtime.kafka.GroupOffsets;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.OptionalLong;

/** The offsets of a group in a topic. */
record OffsetsReport(String topic, String group, int members, List<GroupOffsets.Partition> partitions)
        implements Report {

    @Override
    public String text() {
        Columns columns = new Columns("partition", "goes on at", "first", "end", "behind");
        for (GroupOffsets.Partition partition : partitions) {
            columns.row(
                    Integer.toString(partition.number()),
                    partition.committed().isPresent()
                            ? Long.toString(partition.committed().getAsLong())
                            : "not begun",
                    Long.toString(partition.begin()),
                    Long.toString(partition.end()),
                    Long.toString(partition.behind()));
        }
        return "Group " + group + ", topic " + topic + ", "
                + (members == 0 ? "not active" : members + (members == 1 ? " member" : " members")) + "\n" + columns;
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("group", group)
                .add("topic", topic)
                .add("members", members)
                .add(
                        "partitions",
                        Json.array(partitions.stream().map(OffsetsReport::json).toList()))
                .build();
    }

    private static JsonObject json(GroupOffsets.Partition partition) {
        return Json.object()
                .add("partition", partition.number())
                .add("committed", number(partition.committed()))
                .add("begin", partition.begin())
                .add("end", partition.end())
                .add("behind", partition.behind())
                .build();
    }

    private static JsonValue number(OptionalLong value) {
        return value.isPresent() ? jakarta.json.Json.createValue(value.getAsLong()) : JsonValue.NULL;
    }
}
