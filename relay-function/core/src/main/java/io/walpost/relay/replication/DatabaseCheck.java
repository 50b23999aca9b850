package io.walpost.relay.replication;

import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.Finding.Severity;
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
        return findings(ResumePoint.none());
    }

    private List<Finding> findings(ResumePoint resume) throws RelayException {
        try (Connection connection = PgConnections.forSql(settings)) {
            List<Finding> findings = new ArrayList<>(ServerCheck.findings(connection, settings));
            findings.addAll(TableCheck.findings(connection, settings));
            findings.addAll(headerColumns.findings(connection));
            findings.addAll(PublicationCheck.findings(connection, settings));
            findings.addAll(SlotCheck.findings(connection, settings, resume));
            return findings;
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Checking the database", settings);
        }
    }

    /**
     * Passes if nothing blocks the relay; logs what is only advisable.
     *
     * @param resume how far this process has come; a slot that is gone after that takes events with it
     * @throws RelayException of kind {@link FailureKind#PRECONDITION} with every problem and its mend
     */
    void require(ResumePoint resume) throws RelayException {
        List<Finding> findings = findings(resume);
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
                            + blocking.stream().map(finding -> "  - " + finding).collect(Collectors.joining("\n")));
        }
    }
}
