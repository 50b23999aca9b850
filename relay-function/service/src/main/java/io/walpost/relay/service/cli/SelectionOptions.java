package io.walpost.relay.service.cli;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.replication.TableName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which rows a command is about. */
final class SelectionOptions {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Rows whose timestamp is this or later, with a zone: 2026-11-20T08:00:00Z or …+01:00.")
    private Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Rows whose timestamp is before this.")
    private Instant until;

    @Option(names = "--aggregate-type", paramLabel = "TYPE", description = "Rows of this aggregate type; repeatable.")
    private List<String> aggregateTypes = new ArrayList<>();

    @Option(names = "--aggregate-id", paramLabel = "ID", description = "Rows of this aggregate; repeatable.")
    private List<String> aggregateIds = new ArrayList<>();

    @Option(names = "--from-id", paramLabel = "UUID", description = "Rows whose id is this or greater.")
    private UUID fromId;

    @Option(names = "--to-id", paramLabel = "UUID", description = "Rows whose id is this or less.")
    private UUID toId;

    @Option(
            names = "--table",
            paramLabel = "SCHEMA.TABLE",
            description = "Rows of this table, one of walpost.relay.tables; repeatable. All of them by default.")
    private List<String> tables = new ArrayList<>();

    /** The rows, in each of the tables. */
    RowSelection rows() throws RelayException {
        try {
            return new RowSelection(
                    Optional.ofNullable(since),
                    Optional.ofNullable(until),
                    Set.copyOf(aggregateTypes),
                    Set.copyOf(aggregateIds),
                    Optional.ofNullable(fromId),
                    Optional.ofNullable(toId));
        } catch (IllegalArgumentException e) {
            throw new RelayException(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
    }

    /** The tables, in the order in which they are configured. */
    List<TableName> tables(PostgresSettings settings) throws RelayException {
        for (String table : tables) {
            if (settings.tables().stream().noneMatch(known -> known.toString().equals(table))) {
                throw new RelayException(
                        FailureKind.CONFIGURATION,
                        "--table " + table + " is none of walpost.relay.tables, which are " + settings.tables());
            }
        }
        return settings.tables().stream()
                .filter(table -> tables.isEmpty() || tables.contains(table.toString()))
                .toList();
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
