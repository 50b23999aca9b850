package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.WalHistory.Ancestor;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's record of the timelines before the current one: a line for each, with the position at which it was left
 * (PostgreSQL manual, "Timelines", and {@code TIMELINE_HISTORY} in "Streaming Replication Protocol").
 */
final class TimelineHistory {

    private static final Logger LOG = LoggerFactory.getLogger(TimelineHistory.class);

    /** The first one has no history file. */
    private static final int FIRST = 1;

    private static final String UNDEFINED_FILE = "58P01";

    /** Number, position, and a reason in words. */
    private static final Pattern LINE = Pattern.compile("(\\d{1,9})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(?:\\s.*)?");

    private TimelineHistory() {}

    /** The timelines before this one, oldest first; none if the server does not have the file any more. */
    static List<Ancestor> ancestors(Connection replication, int timeline) throws SQLException, RelayException {
        if (timeline <= FIRST) {
            return List.of();
        }
        try (Statement statement = replication.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            row.next();
            return parse(row.getString(2), timeline);
        } catch (SQLException e) {
            if (!UNDEFINED_FILE.equals(e.getSQLState())) {
                throw e;
            }
            LOG.warn(
                    "The server has no history file of timeline {}: what was published on an earlier timeline cannot be"
                            + " told from what was not, and may be published again",
                    timeline);
            return List.of();
        }
    }

    /** @throws RelayException if the content is not that of a history file of this timeline */
    static List<Ancestor> parse(String content, int timeline) throws RelayException {
        List<Ancestor> ancestors = new ArrayList<>();
        int previous = 0;
        for (String line : content.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            if (number <= previous || number >= timeline) {
                throw new RelayException(
                        FailureKind.PROTOCOL, "The server's history file of timeline " + timeline + " is malformed");
            }
            ancestors.add(new Ancestor(number, Lsn.parse(matcher.group(2)).value()));
            previous = number;
        }
        return ancestors;
    }
}
