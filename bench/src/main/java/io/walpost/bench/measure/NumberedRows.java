package io.walpost.bench.measure;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows that are the same but for their number, and written in any order. */
record NumberedRows(String aggregateType, int rowsPerTransaction) implements Transactions {

    private static final int PAYLOAD_BYTES = 512;

    @Override
    public String insert() {
        return """
                INSERT INTO outboxevent
                SELECT gen_random_uuid(), ?, (i % 1000)::text, 'Placed', clock_timestamp(), bench_payload(i, ?), NULL
                FROM generate_series(?::bigint, ?::bigint) i
                """;
    }

    @Override
    public int writer(int transaction, int writers) {
        return transaction % writers;
    }

    @Override
    public void bind(PreparedStatement insert, int transaction) throws SQLException {
        long first = (long) transaction * rowsPerTransaction;
        insert.setString(1, aggregateType);
        insert.setInt(2, PAYLOAD_BYTES);
        insert.setLong(3, first);
        insert.setLong(4, first + rowsPerTransaction - 1);
    }
}
