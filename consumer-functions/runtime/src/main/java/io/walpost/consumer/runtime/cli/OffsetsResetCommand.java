package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.runtime.kafka.GroupOffsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Moves the offsets of the group. */
@Command(
        name = "reset",
        description = {
            "Moves the place at which the consumer goes on, and says what that does to its data.",
            "",
            "Back: the records are delivered again. What the inbox, or a version, still knows has no second effect.",
            "Forward: the records in between are passed over. They have no effect, and are no dead letters.",
            "",
            "All instances of the consumer must be stopped."
        })
final class OffsetsResetCommand extends FunctionCommand {

    @ArgGroup(multiplicity = "1", heading = "Where to:%n")
    private Target target;

    @Option(names = "--partition", paramLabel = "N", description = "Only this partition; repeatable.")
    private List<Integer> partitions = new ArrayList<>();

    @Option(
            names = "--pass-over",
            description = "Is needed to go forward: it says that records may stay without effect.")
    private boolean passOver;

    @Option(names = "--dry-run", description = "Only says what it would do.")
    private boolean dryRun;

    @Override
    protected int run(Tools tools) throws CommandException, InterruptedException {
        GroupOffsets offsets = tools.offsets();
        requireInactive(offsets);
        List<OffsetMove> moves = moves(offsets);
        OffsetMoves report = new OffsetMoves(offsets.topic(), offsets.group(), moves, dryRun);
        long passedOver = report.passedOver();
        if (passedOver > 0 && !passOver && !dryRun) {
            throw new CommandException(
                    ExitCode.USAGE,
                    report.withDryRun().text() + "\n\nNothing was changed: " + passedOver
                            + " records would stay without effect. If that is meant, add --pass-over.");
        }
        if (!dryRun) {
            offsets.set(moves.stream().collect(Collectors.toMap(OffsetMove::partition, OffsetMove::to)));
        }
        print(report);
        return ExitCode.OK;
    }

    private static void requireInactive(GroupOffsets offsets) throws CommandException, InterruptedException {
        int members = offsets.members();
        if (members > 0) {
            throw new CommandException(
                    ExitCode.TRY_AGAIN,
                    "The group " + offsets.group() + " is active, with " + members
                            + (members == 1 ? " member." : " members.")
                            + "\nStop all instances of the consumer, and give"
                            + " Kafka a moment to notice; a killed one is a member until its session ends.");
        }
    }

    private List<OffsetMove> moves(GroupOffsets offsets) throws CommandException, InterruptedException {
        List<GroupOffsets.Partition> all = offsets.partitions();
        for (int number : partitions) {
            if (all.stream().noneMatch(partition -> partition.number() == number)) {
                throw new CommandException(
                        ExitCode.USAGE, "The topic " + offsets.topic() + " has no partition " + number + ".");
            }
        }
        Map<Integer, Long> found =
                target.timestamp == null ? Map.of() : offsets.atTimestamp(target.timestamp.toEpochMilli());
        List<OffsetMove> moves = new ArrayList<>();
        for (GroupOffsets.Partition partition : all) {
            if (partitions.isEmpty() || partitions.contains(partition.number())) {
                moves.add(new OffsetMove(partition.number(), partition.next(), target.of(partition, found)));
            }
        }
        return moves;
    }

    /** One of them. */
    static final class Target {

        @Option(names = "--earliest", required = true, description = "The first record that Kafka has.")
        private boolean earliest;

        @Option(names = "--latest", required = true, description = "Behind the last record.")
        private boolean latest;

        @Option(
                names = "--timestamp",
                paramLabel = "TIME",
                required = true,
                converter = TimeConverter.class,
                description = "The first record with this timestamp or a later one, as in 2026-11-20T08:00:00Z.")
        private Instant timestamp;

        @Option(names = "--offset", paramLabel = "N", required = true, description = "This offset.")
        private Long offset;

        private long of(GroupOffsets.Partition partition, Map<Integer, Long> atTimestamp) throws CommandException {
            if (earliest) {
                return partition.begin();
            }
            if (latest) {
                return partition.end();
            }
            if (timestamp != null) {
                return atTimestamp.getOrDefault(partition.number(), partition.end());
            }
            if (offset < partition.begin() || offset > partition.end()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "Partition " + partition.number() + " has the offsets " + partition.begin() + " to "
                                + partition.end() + ", and not " + offset + ".");
            }
            return offset;
        }
    }

    /** Reads points in time; a time without zone would mean another one on another machine. */
    static final class TimeConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text
                        + "' is no time with a zone, as in 2026-11-20T08:00:00Z or 2026-11-20T09:00:00+01:00");
            }
        }
    }
}
