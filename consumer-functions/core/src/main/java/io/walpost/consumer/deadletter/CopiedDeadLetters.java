package io.walpost.consumer.deadletter;

import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordKey;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * Dead letters in the table that counts, and copies of them, parked ones included, elsewhere: in a topic that others read.
 * A letter is put again in both if one of them refused, so the copy may come twice; nothing takes it back when the letter is
 * resolved.
 */
public final class CopiedDeadLetters implements DeadLetters {

    private final DeadLetters table;
    private final DeadLetters copies;

    /**
     * @param table is written first, and alone knows which keys are parked
     * @param copies is only put to
     */
    public CopiedDeadLetters(DeadLetters table, DeadLetters copies) {
        this.table = Objects.requireNonNull(table, "table");
        this.copies = Objects.requireNonNull(copies, "copies");
    }

    @Override
    public void put(IncomingRecord record, Outcome.DeadLetter verdict)
            throws DeadLetterException, InterruptedException {
        table.put(record, verdict);
        copies.put(record, verdict);
    }

    @Override
    public Set<RecordKey> parkedAmong(Collection<RecordKey> keys) throws DeadLetterException, InterruptedException {
        return table.parkedAmong(keys);
    }

    @Override
    public boolean park(IncomingRecord record) throws DeadLetterException, InterruptedException {
        if (!table.park(record)) {
            return false;
        }
        copies.put(record, JdbcDeadLetters.PARKED);
        return true;
    }
}
