package io.walpost.relay.replication;

import io.walpost.relay.failure.Examination;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.Finding.Severity;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, over one short connection, whether a database is prepared for the relay. Changes nothing. */
public final class DatabaseCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);

    private final PostgresSettings settings;
    private final HeaderColumnCheck headerColumns;

    public DatabaseCheck(PostgresSettings settings) {
        this.settings = settings;
        this.headerColumns = new HeaderColumnCheck(settings);
    }

    /**
     * Everything that is not as it should be, in the order in which it should be mended.
     *
     * @throws RelayException if the database cannot be reached or asked, or is a standby
     */
    public List<Finding> findings() throws RelayException {
        return findings(SlotMemory.none(settings.slot()));
    }

    /**
     * The same with what was looked at, for people, and with what goes beyond the SQL: whether the server admits a
     * replication connection, and how its limits stand to the budget.
     *
     * @throws RelayException if the database cannot be reached or asked, or is a standby
     */
    public List<Examination> examine(WalBudget budget) throws RelayException {
        try (Connection connection = PgConnections.forSql(settings)) {
            List<Examination> examinations = new ArrayList<>();
            String version = connection.getMetaData().getDatabaseProductVersion();
            examinations.add(new Examination(
                    "server",
                    "PostgreSQL " + version + ", database " + connection.getCatalog() + ", role " + settings.user(),
                    ServerCheck.findings(connection, settings)));
            examinations.add(ReplicationCheck.examine(settings));
            List<Finding> ofTables = new ArrayList<>(TableCheck.findings(connection, settings));
            ofTables.addAll(headerColumns.findings(connection));
            examinations.add(new Examination("captured", settings.capture().description(), ofTables));
            examinations.add(new Examination(
                    "publication", settings.publication(), PublicationCheck.findings(connection, settings)));
            examinations.addAll(SlotExamination.of(connection, settings, budget));
            return examinations;
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Checking the database", settings);
        }
    }

    private List<Finding> findings(SlotMemory memory) throws RelayException {
        try (Connection connection = PgConnections.forSql(settings)) {
            List<Finding> findings = new ArrayList<>(ServerCheck.findings(connection, settings));
            findings.addAll(TableCheck.findings(connection, settings));
            findings.addAll(headerColumns.findings(connection));
            findings.addAll(PublicationCheck.findings(connection, settings));
            findings.addAll(SlotCheck.findings(connection, settings, memory));
            return findings;
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Checking the database", settings);
        }
    }

    /**
     * Passes if nothing blocks the relay; logs what is only advisable.
     *
     * @param memory of this process: a slot that is gone after it was read takes events with it
     * @throws RelayException of kind {@link FailureKind#PRECONDITION} with every problem and its mend
     */
    void require(SlotMemory memory) throws RelayException {
        List<Finding> findings = findings(memory);
        findings.stream()
                .filter(finding -> finding.severity() == Severity.ADVICE)
                .forEach(finding -> LOG.warn("{}", finding));
        List<Finding> blocking = findings.stream()
                .filter(finding -> finding.severity() == Severity.BLOCKING)
                .toList();
        if (!blocking.isEmpty()) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "The database is not prepared for slot " + settings.slot() + ":\n"
                            + blocking.stream().map(finding -> "  - " + finding).collect(Collectors.joining("\n"))
                            + "\nThe command setup makes publication, slot and the role's rights.");
        }
    }
}
