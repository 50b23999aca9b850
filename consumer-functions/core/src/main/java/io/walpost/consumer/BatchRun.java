package io.walpost.consumer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One batch on its way to its outcomes: wave by wave, each with the first record of each key that has none yet. A run is
 * used once, by one thread.
 */
final class BatchRun {

    private final WaveHandler waves;
    private final DeadLetterDelivery letters;
    private final ConsumerListener listener;
    private final Suspicions suspicions;
    private final List<Entry> entries;

    /** Keys whose records go behind a letter. */
    private final Set<RecordKey> parked = new HashSet<>();

    /** Keys of which a record is to be tried again later, and so all behind it. */
    private final Set<RecordKey> held = new HashSet<>();

    BatchRun(
            List<IncomingRecord> records,
            WaveHandler waves,
            DeadLetterDelivery letters,
            ConsumerListener listener,
            Suspicions suspicions) {
        this.waves = waves;
        this.letters = letters;
        this.listener = listener;
        this.suspicions = suspicions;
        this.entries = records.stream().map(Entry::new).toList();
    }

    List<Outcome> outcomes() {
        Optional<Set<RecordKey>> known = letters.parkedAmong(keys(), entries.getFirst().record);
        if (known.isEmpty()) {
            return entries.stream().<Outcome>map(entry -> Outcome.notNow()).toList();
        }
        parked.addAll(known.get());
        List<Entry> open = entries;
        while (!open.isEmpty()) {
            handle(nextWave(open));
            open = open.stream().filter(entry -> entry.outcome == null).toList();
        }
        return entries.stream().map(entry -> entry.outcome).toList();
    }

    private Collection<RecordKey> keys() {
        Set<RecordKey> keys = new LinkedHashSet<>();
        entries.forEach(entry -> entry.key.ifPresent(keys::add));
        return keys;
    }

    /** Settles what needs no handler, and gathers what does: of each key the first record only. */
    private Map<ReceivedEvent, Entry> nextWave(List<Entry> open) {
        Map<ReceivedEvent, Entry> wave = new LinkedHashMap<>();
        Set<RecordKey> inWave = new HashSet<>();
        for (Entry entry : open) {
            if (entry.key.filter(inWave::contains).isPresent()) {
                continue;
            }
            if (entry.key.filter(held::contains).isPresent()) {
                finish(entry, Outcome.notNow());
            } else if (entry.key.filter(parked::contains).isPresent()) {
                park(entry);
            }
            if (entry.outcome == null) {
                read(entry).ifPresent(event -> {
                    wave.put(event, entry);
                    entry.key.ifPresent(inWave::add);
                });
            }
        }
        return wave;
    }

    private void park(Entry entry) {
        Optional<Boolean> isParked = letters.park(entry.record);
        if (isParked.isEmpty()) {
            finish(entry, Outcome.notNow());
        } else if (isParked.get()) {
            finish(entry, new Outcome.Parked());
        } else {
            entry.key.ifPresent(parked::remove);
        }
    }

    /** Empty if it is no event, and then settled. */
    private Optional<ReceivedEvent> read(Entry entry) {
        try {
            entry.event = Optional.of(EventReader.read(entry.record));
        } catch (MalformedRecordException malformed) {
            settle(entry, Outcome.failed(malformed));
        }
        return entry.event;
    }

    private void handle(Map<ReceivedEvent, Entry> wave) {
        if (!wave.isEmpty()) {
            waves.handle(new ArrayList<>(wave.keySet())).forEach((event, outcome) -> settle(wave.get(event), outcome));
        }
    }

    private void settle(Entry entry, Outcome outcome) {
        if (outcome instanceof Outcome.DeadLetter verdict) {
            Optional<Outcome> put = letters.put(entry.record, verdict);
            if (put.isPresent()) {
                entry.key.ifPresent(parked::add);
            } else {
                entry.event.ifPresent(event -> suspicions.condemn(event, verdict));
            }
            finish(entry, put.orElseGet(Outcome::notNow));
        } else {
            finish(entry, outcome);
        }
    }

    private void finish(Entry entry, Outcome outcome) {
        entry.outcome = outcome;
        if (outcome instanceof Outcome.Retry) {
            entry.key.ifPresent(held::add);
        } else {
            suspicions.forget(entry.record.coordinates());
            listener.completed(entry.event, outcome);
        }
    }

    private static final class Entry {
        private final IncomingRecord record;
        private final Optional<RecordKey> key;
        private Optional<ReceivedEvent> event = Optional.empty();
        private Outcome outcome;

        Entry(IncomingRecord record) {
            this.record = record;
            this.key = RecordKey.of(record);
        }
    }
}
