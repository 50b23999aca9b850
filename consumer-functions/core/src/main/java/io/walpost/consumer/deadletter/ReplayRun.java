package io.walpost.consumer.deadletter;

import io.walpost.consumer.Outcome;
import io.walpost.consumer.Patience;
import io.walpost.consumer.RecordKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One run, key by key. Used once, by one thread. */
final class ReplayRun {

    /** A consumer that parks a record has its letter for a moment; another replay, for longer. */
    private static final int ATTEMPTS_TO_LOCK = 3;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    private final ReplayConnection letters;
    private final ReplayHandler handler;
    private final Pace pace;
    private final long limit;
    private final Patience patience;
    private final ReplayProgress progress;
    private long replayed;
    private long failed;
    private long busy;
    private boolean stopped;

    /** @param limit how many letters it hands over at most */
    ReplayRun(
            ReplayConnection letters,
            ReplayHandler handler,
            Pace pace,
            long limit,
            Patience patience,
            ReplayProgress progress) {
        this.letters = letters;
        this.handler = handler;
        this.pace = pace;
        this.limit = limit;
        this.patience = patience;
        this.progress = progress;
    }

    /** @param heads the letters to begin with, one of each key */
    ReplayReport run(List<Long> heads) throws SQLException {
        for (long head : heads) {
            Optional<Long> next = Optional.of(head);
            while (next.isPresent() && !stopped) {
                next = replay(next.get());
            }
        }
        return new ReplayReport(replayed, failed, busy, !stopped);
    }

    /** The letter to go on with, if there is one. */
    private Optional<Long> replay(long id) throws SQLException {
        if (replayed + failed >= limit || pace.endsBefore(patience)) {
            stopped = true;
            return Optional.empty();
        }
        Optional<Letter> letter = lock(id);
        return letter.isEmpty() ? Optional.empty() : replay(letter.get());
    }

    private Optional<Letter> lock(long id) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Optional<Letter> letter = letters.lock(id);
            if (letter.isPresent() || !letters.isOpen(id)) {
                return letter;
            }
            if (attempt == ATTEMPTS_TO_LOCK) {
                busy++;
                progress.busy(id);
                return Optional.empty();
            }
            if (patience.endsWithin(BETWEEN_ATTEMPTS)) {
                stopped = true;
                return Optional.empty();
            }
        }
    }

    private Optional<Long> replay(Letter letter) throws SQLException {
        long id = letter.summary().id();
        Outcome outcome = handler.handle(letter);
        if (outcome instanceof Outcome.DeadLetter verdict) {
            letters.markFailed(id, verdict);
            failed++;
            progress.failed(letter.summary(), verdict);
            return Optional.empty();
        }
        if (!outcome.isSettled()) {
            letters.letGo();
            stopped = true;
            return Optional.empty();
        }
        letters.markReplayed(id);
        replayed++;
        progress.replayed(letter.summary(), outcome);
        Optional<RecordKey> key = RecordKey.of(letter.record());
        return key.isEmpty() ? Optional.empty() : letters.next(key.get());
    }
}
