package io.walpost.relay.checkpoint;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The window of events in flight, and the position up to which all work is done.
 *
 * <p>An event leaves the window when the end of its transaction is confirmed, because until then a new relay would
 * publish it again. Only a transaction that is larger than the window may exceed it, alone: its end is not to be had
 * before it has been published.
 *
 * <p>One thread, the owner, calls everything but {@link #acknowledge}, which any thread may call. Memory is bounded by
 * the window: one slot an event, and an entry for the transactions that ended behind it.
 */
public final class FlushTracker {

    private static final int FREE = 0;
    private static final int ACKNOWLEDGED = 1;

    /** So many that the messages cost little, and so few that their events may come twice without anybody minding. */
    private static final int MANY = 100;

    private final int capacity;
    private final long maxBytes;
    private final int worthConfirming;
    /** One flag an event, at its sequence modulo the capacity; the only state that other threads write. */
    private final AtomicIntegerArray flags;

    private final int[] sizes;
    private final long[] commitLsns;
    private final int[] orders;
    private final ArrayDeque<Boundary> boundaries = new ArrayDeque<>();

    /** The sequence of the next event; those from {@link #head} up to it are in the window. */
    private long next;
    /** The first event that is not acknowledged, or {@link #next}. */
    private long head;

    /** The first event that would not be covered by confirming {@link #confirmable}. */
    private long confirmableHead;
    /** The first event that the slot would send again. */
    private long confirmedHead;

    private long bytes;
    private long confirmable;
    private EventPosition published;

    /**
     * @param maxEvents how many events may be in flight; at least 1
     * @param maxBytes how many bytes may be in flight; one event may exceed it alone
     * @param start what is confirmed already; a keepalive below it does not move the position back
     * @param published the last event before which, itself included, all are acknowledged already
     */
    public FlushTracker(int maxEvents, long maxBytes, long start, EventPosition published) {
        this.capacity = maxEvents;
        this.maxBytes = maxBytes;
        this.worthConfirming = Math.min(MANY, maxEvents / 4);
        this.confirmable = start;
        this.published = published;
        this.commitLsns = new long[maxEvents];
        this.orders = new int[maxEvents];
        this.flags = new AtomicIntegerArray(maxEvents);
        this.sizes = new int[maxEvents];
    }

    /** Whether an event of this size may be registered now. */
    public boolean hasRoom(int size) {
        boolean inFlight = isEmpty() || next - head < capacity && bytes + size <= maxBytes;
        return inFlight && (next - confirmedHead < capacity || exceedsTheWindowAlone());
    }

    private boolean exceedsTheWindowAlone() {
        return boundaries.isEmpty() && confirmableHead == confirmedHead;
    }

    /** Whether confirming now is worth a message: it covers many events, or makes room that is needed. */
    public boolean wantsConfirmation() {
        long covered = confirmableHead - confirmedHead;
        return covered > 0 && (covered >= worthConfirming || next - confirmedHead >= capacity);
    }

    /** Notes that {@link #confirmable} has been confirmed. */
    public void confirmed() {
        confirmedHead = confirmableHead;
    }

    /** The number under which the next event will be registered. */
    public long nextSequence() {
        return next;
    }

    /** Counts an event as in flight, under {@link #nextSequence()}. Only after {@link #hasRoom}. */
    public void register(int size, EventPosition position) {
        if (next - head >= capacity) {
            throw new IllegalStateException("The window of " + capacity + " events is full");
        }
        sizes[slot(next)] = size;
        commitLsns[slot(next)] = position.commitLsn();
        orders[slot(next)] = position.order();
        bytes += size;
        next++;
    }

    /** Notes that an event is durable. Called once an event, from any thread; may come before its registration. */
    public void acknowledge(long sequence) {
        flags.setRelease(slot(sequence), ACKNOWLEDGED);
    }

    /**
     * Notes that all events registered so far belong to transactions that end at or before a position.
     *
     * @param endLsn the end LSN of a transaction; never before an earlier one
     * @param committedAt when that transaction committed
     */
    public void transactionEnded(long endLsn, Instant committedAt) {
        Boundary last = boundaries.peekLast();
        if (last != null && last.sequence() == next) {
            // A transaction without events: it may be confirmed when the one before it is, and needs no entry.
            boundaries.removeLast();
            boundaries.addLast(new Boundary(next, endLsn, last.committedAt()));
        } else {
            boundaries.addLast(new Boundary(next, endLsn, committedAt));
        }
        passBoundaries();
    }

    /**
     * Notes that the stream has nothing before a position that was not given to this tracker.
     *
     * @param lsn a position from a keepalive; ignored while anything is in flight
     */
    public void idleAt(long lsn) {
        if (isEmpty() && boundaries.isEmpty() && Long.compareUnsigned(lsn, confirmable) > 0) {
            confirmable = lsn;
        }
    }

    /** Takes in the acknowledgements that came. Returns how many events have left the window. */
    public int advance() {
        long before = head;
        while (head < next && flags.getAcquire(slot(head)) == ACKNOWLEDGED) {
            flags.setPlain(slot(head), FREE);
            bytes -= sizes[slot(head)];
            head++;
        }
        if (head != before) {
            int last = slot(head - 1);
            published = new EventPosition(commitLsns[last], orders[last]);
        }
        passBoundaries();
        return (int) (head - before);
    }

    private void passBoundaries() {
        while (!boundaries.isEmpty() && boundaries.peekFirst().sequence() <= head) {
            Boundary passed = boundaries.pollFirst();
            confirmable = passed.endLsn();
            confirmableHead = passed.sequence();
        }
    }

    /** The last event before which, itself included, all are acknowledged, as of the last {@link #advance}. */
    public EventPosition published() {
        return published;
    }

    /** The position up to which all is acknowledged, as of the last {@link #advance}; the start if none is yet. */
    public long confirmable() {
        return confirmable;
    }

    /** When the oldest ended transaction committed of which something is in flight, if there is one. */
    public Optional<Instant> oldestCommit() {
        return Optional.ofNullable(boundaries.peekFirst()).map(Boundary::committedAt);
    }

    /** How many ends of transactions are waiting, for tests of the bound on memory. */
    int ends() {
        return boundaries.size();
    }

    public boolean isEmpty() {
        return head == next;
    }

    /** How many events are in flight. */
    public int events() {
        return (int) (next - head);
    }

    /** How many bytes are in flight. */
    public long bytes() {
        return bytes;
    }

    private int slot(long sequence) {
        return (int) (sequence % capacity);
    }

    /** All events before the sequence belong to transactions that end at or before the position. */
    private record Boundary(long sequence, long endLsn, Instant committedAt) {}
}
