package io.walpost.bench.contender;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/** The program of {@link Ceiling}: reads so many events from a slot and prints when the first and the last one came. */
public final class WalsenderReader {

    /** The environment variable with the password, which has no place on a command line. */
    static final String PASSWORD = "BENCH_PASSWORD";

    /** What the line with the result begins with. */
    public static final String RESULT = "read ";

    private static final byte INSERT = 'I';
    private static final byte LOGICAL_MESSAGE = 'M';

    private WalsenderReader() {}

    public static void main(String[] args) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, args[1]);
        PGProperty.PASSWORD.set(properties, System.getenv(PASSWORD));
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        long wanted = Long.parseLong(args[4]);
        try (Connection connection = DriverManager.getConnection(args[0], properties);
                PGReplicationStream stream = connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName(args[2])
                        .withSlotOption("proto_version", 1)
                        .withSlotOption("publication_names", args[3])
                        .withSlotOption("messages", "true")
                        .start()) {
            long events = 0;
            long first = 0;
            while (events < wanted) {
                ByteBuffer message = stream.read();
                byte type = message.get(message.position());
                if (type == INSERT || type == LOGICAL_MESSAGE) {
                    events++;
                    if (events == 1) {
                        first = System.currentTimeMillis();
                    }
                }
            }
            System.out.println(RESULT + first + " " + System.currentTimeMillis());
        }
    }
}
