package io.walpost.relay.poison;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedRecord.Parked;
import io.walpost.relay.route.RoutedEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides for each event, in order, whether it may be published or what is published in its stead. Owned by the
 * session's thread; one for each session.
 */
public final class EventTriage implements AutoCloseable {

    private final PoisonPolicy policy;
    private final Verdicts verdicts;
    private final ParkedLog log;
    private final PoisonListener listener;
    private final InstantSource clock;
    private final DeadLetters letters;
    private final ParkedCodec codec;
    private final ParkedKeys parked;
    private boolean loaded;

    /**
     * @param log is closed with this
     * @param ticker counts nanoseconds, like {@link System#nanoTime}
     */
    public EventTriage(
            PoisonPolicy policy,
            Verdicts verdicts,
            ParkedLog log,
            PoisonListener listener,
            InstantSource clock,
            LongSupplier ticker) {
        this.policy = policy;
        this.verdicts = verdicts;
        this.log = log;
        this.listener = listener;
        this.clock = clock;
        this.letters = new DeadLetters(policy.deadLetterTopic());
        this.codec = new ParkedCodec(policy.parkedTopic());
        this.parked = new ParkedKeys(ticker);
    }

    /**
     * Takes in what is known of parked keys. Never waits.
     *
     * @return whether enough is known to decide
     */
    public boolean listen() throws RelayException {
        if (!loaded) {
            Optional<ParkedLog.Snapshot> snapshot = log.snapshot();
            snapshot.ifPresent(parked::load);
            loaded = snapshot.isPresent();
            listener.parkedKeys(parked.size());
        }
        if (loaded) {
            for (ParkedCodec.Entry entry = log.poll(); entry != null; entry = log.poll()) {
                hear(entry);
            }
        }
        return loaded;
    }

    /** Of its own records a session knows; by the time they come back they may be outdated. */
    private void hear(ParkedCodec.Entry entry) {
        if (entry.writer().equals(codec.writer())) {
            return;
        }
        int before = parked.size();
        parked.hear(entry.record());
        if (parked.size() < before) {
            listener.released(entry.record().key());
        }
        listener.parkedKeys(parked.size());
    }

    /**
     * The next record that is to be published for no event, or null.
     *
     * @param at the last position that was handed over
     * @param atBoundary whether that is the end of a database transaction
     */
    public RoutedEvent nextNotice(EventPosition at, boolean atBoundary) {
        ParkedRecord notice = parked.nextNotice();
        return notice == null ? null : codec.write(notice, at, atBoundary);
    }

    /** Decides about an event. Only once {@link #listen} has said that it knows enough. */
    public Ruling judge(RoutedEvent event) {
        if (parked.isEmpty() && verdicts.isEmpty() && event.size() <= policy.maxEventBytes()) {
            return Ruling.PASS;
        }
        return decide(event, verdicts.of(event).or(() -> tooLarge(event)));
    }

    /** Decides about an event that could not be routed. */
    public Ruling judge(RoutedEvent unrouted, PoisonException refusal) {
        return decide(unrouted, Optional.of(refusal.poison()));
    }

    private Optional<Poison> tooLarge(RoutedEvent event) {
        if (event.size() <= policy.maxEventBytes()) {
            return Optional.empty();
        }
        return Optional.of(new Poison(
                PoisonKind.RECORD_TOO_LARGE,
                event.id(),
                event.topic(),
                event.position(),
                "it has " + event.size() + " bytes, more than kafka.max.request.size, " + policy.maxEventBytes()));
    }

    private Ruling decide(RoutedEvent event, Optional<Poison> poison) {
        ParkedKey key = ParkedKey.of(event);
        Parking parking = event.key().length == 0 ? null : parked.find(key);
        if (parking != null) {
            return parked.isHeld(key) ? Ruling.WAIT : follow(event, key, parking, poison);
        }
        return poison.map(found -> react(event, found)).orElse(Ruling.PASS);
    }

    private Ruling react(RoutedEvent event, Poison poison) {
        return switch (policy.reaction(poison.kind())) {
            case RETRY -> new Ruling.Retry(describe(event, poison));
            case STOP ->
                new Ruling.Stop(new RelayException(
                        FailureKind.POISON_EVENT, describe(event, poison).getMessage()));
            case DEAD_LETTER -> {
                listener.deadLetter(poison.kind().label());
                listener.setAside(poison, false);
                yield new Ruling.SetAside(
                        List.of(letters.of(event, poison.kind().label(), poison.reason())));
            }
            case PARK -> park(event, poison);
        };
    }

    private Ruling park(RoutedEvent event, Poison poison) {
        ParkedKey key = ParkedKey.of(event);
        String kind = poison.kind().label();
        Parking parking = new Parking(
                event.id(), kind, poison.reason(), new Lsn(event.position().commitLsn()).toString(), clock.instant());
        parked.park(key, parking);
        parked.follows(key, event.id());
        listener.deadLetter(kind);
        listener.setAside(poison, true);
        listener.parkedKeys(parked.size());
        // With the marker acknowledged and the letter not, the event itself is still to be done.
        EventPosition before =
                new EventPosition(event.position().commitLsn(), event.position().order() - 1);
        return new Ruling.SetAside(List.of(
                codec.write(new Parked(key, parking), before, false), letters.of(event, kind, poison.reason())));
    }

    private Ruling follow(RoutedEvent event, ParkedKey key, Parking parking, Optional<Poison> poison) {
        parked.follows(key, event.id());
        RoutedEvent letter;
        if (event.id().equals(parking.eventId())) {
            // It comes again, after a crash between its marker and its letter.
            letter = letters.of(event, parking.kind(), parking.reason());
            listener.deadLetter(parking.kind());
        } else if (poison.isPresent()) {
            String kind = poison.get().kind().label();
            letter = letters.following(event, parking, kind, poison.get().reason());
            listener.deadLetter(kind);
        } else {
            letter = letters.following(event, parking);
            listener.deadLetter(PoisonPolicy.FOLLOWS_PARKED);
        }
        return new Ruling.SetAside(List.of(letter));
    }

    private static RelayException describe(RoutedEvent event, Poison poison) {
        return new PoisonException(
                poison,
                "Event " + event.id() + " (commit " + new Lsn(event.position().commitLsn()) + ", number "
                        + event.position().order() + " of its transaction) for topic " + event.topic()
                        + " cannot be published: " + poison.reason(),
                null);
    }

    @Override
    public void close() {
        log.close();
    }
}
