package io.walpost.consumer.runtime;

import io.walpost.consumer.InboxPartitions;
import io.walpost.consumer.Patience;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;

/** Where the inbox is kept in shape, by the function itself or by a person. */
@Singleton
public class InboxDesk {

    private static final int DAYS_AHEAD = 7;

    private final InboxPartitions partitions;

    InboxDesk(DataSource dataSource, ServiceSettings settings) {
        this.partitions = new InboxPartitions(
                dataSource, Clock.systemUTC(), settings.inbox().retention(), DAYS_AHEAD);
    }

    /**
     * One round. To be called by one thread at a time.
     *
     * @throws SQLException if the database does not answer, or has no inbox
     */
    public InboxPartitions.Report maintain(Patience patience) throws SQLException {
        return partitions.maintain(patience);
    }
}
