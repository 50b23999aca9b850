package io.walpost.relay.publish.parked;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedCodec;
import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.ParkedRecord.ReleaseRequest;
import io.walpost.relay.poison.Parking;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.KafkaEventPublisher;
import io.walpost.relay.publish.KafkaFailure;
import io.walpost.relay.publish.ProducerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;

/**
 * Lists parked keys, and has them released. Works beside a running relay, which alone decides to let a key go; several
 * of these at once are safe, and publish duplicates.
 */
public final class ParkedKeyAdmin {

    private final ProducerSettings settings;
    private final ClientProperties clients;
    private final PoisonPolicy policy;
    private final Duration patience;

    /** @param patience how long Kafka may take for one thing */
    public ParkedKeyAdmin(ProducerSettings settings, PoisonPolicy policy, Duration patience) {
        this.settings = settings;
        this.clients = new ClientProperties(settings);
        this.policy = policy;
        this.patience = patience;
    }

    /**
     * The keys that are parked. Reads all dead letters to count them.
     *
     * @throws RelayException if Kafka cannot be used
     */
    public List<ParkedStatus> parked() throws RelayException, InterruptedException {
        try {
            return list();
        } catch (KafkaException e) {
            throw KafkaFailure.of("The dead letters cannot be read", e);
        }
    }

    private List<ParkedStatus> list() throws RelayException, InterruptedException {
        Map<ParkedKey, Parking> keys;
        try (ParkedView view = view()) {
            keys = new LinkedHashMap<>(view.current());
        }
        Map<ParkedKey, KeyInRelease> counts = new LinkedHashMap<>();
        keys.forEach((key, parking) -> counts.put(key, new KeyInRelease(key, parking)));
        if (!counts.isEmpty()) {
            try (LetterReader letters = new LetterReader(clients, policy)) {
                do {
                    letters.poll().forEach(letter -> note(letter, counts));
                } while (!letters.isAtEnd());
            }
        }
        return keys.entrySet().stream()
                .map(entry -> new ParkedStatus(
                        entry.getKey(),
                        entry.getValue(),
                        counts.get(entry.getKey()).republished()))
                .toList();
    }

    private static void note(Letter letter, Map<ParkedKey, KeyInRelease> counts) {
        KeyInRelease count = counts.get(letter.key());
        if (count != null) {
            count.takes(letter, Set.of());
        }
    }

    /**
     * Publishes the dead letters of parked keys again, in order, and has the relay let the keys go. What was published
     * stays so if it comes to nothing, and is published once more by the next attempt.
     *
     * @param wanted which keys; one of them is gone through with all of its letters
     * @param skipped ids of events that stay dead letters
     * @param limit how long the relay may take once all is published
     * @return an outcome for each of the keys
     * @throws RelayException if Kafka cannot be used
     */
    public List<ReleaseOutcome> release(Predicate<ParkedStatus> wanted, Set<String> skipped, Duration limit)
            throws RelayException, InterruptedException {
        List<ReleaseOutcome> outcomes = new ArrayList<>();
        try (ParkedView view = view()) {
            Map<ParkedKey, Parking> keys = new LinkedHashMap<>(view.current());
            keys.entrySet().removeIf(entry -> !wanted.test(new ParkedStatus(entry.getKey(), entry.getValue(), 0)));
            while (!keys.isEmpty()) {
                Map<ParkedKey, KeyInRelease> open = new LinkedHashMap<>();
                keys.forEach((key, parking) -> open.put(key, new KeyInRelease(key, parking)));
                try {
                    new Attempt(view, open, skipped, limit).run(outcomes);
                    return outcomes;
                } catch (PoisonException refusal) {
                    // Nothing of its key has passed it, and others may have been cut short: they begin anew.
                    outcomes.add(refused(refusal, open));
                }
                outcomes.forEach(outcome -> keys.remove(outcome.key()));
            }
        }
        return outcomes;
    }

    private static ReleaseOutcome refused(PoisonException refusal, Map<ParkedKey, KeyInRelease> open)
            throws PoisonException {
        Poison poison = refusal.poison();
        for (KeyInRelease key : open.values()) {
            if (key.hasSeen(poison.eventId())) {
                return new ReleaseOutcome.Refused(
                        key.key(), key.republished() - 1, poison.eventId(), poison.reason(), refusal.hint());
            }
        }
        throw refusal;
    }

    private ParkedView view() throws RelayException, InterruptedException {
        return new ParkedView(KafkaParkedLog.open(clients, policy), patience);
    }

    /** One reading of the letters for some keys. */
    private final class Attempt {
        private final ParkedView view;
        private final Map<ParkedKey, KeyInRelease> open;
        private final Set<String> skipped;
        private final Duration limit;
        private final ParkedCodec codec = new ParkedCodec(policy.parkedTopic());

        Attempt(ParkedView view, Map<ParkedKey, KeyInRelease> open, Set<String> skipped, Duration limit) {
            this.view = view;
            this.open = open;
            this.skipped = skipped;
            this.limit = limit;
        }

        void run(List<ReleaseOutcome> outcomes) throws RelayException, InterruptedException {
            try (LetterReader letters = new LetterReader(clients, policy);
                    Republisher publisher = new Republisher(KafkaEventPublisher.factory(settings), patience)) {
                long asked = System.nanoTime();
                while (!open.isEmpty() && System.nanoTime() - asked < limit.toNanos()) {
                    if (republish(letters, publisher) > 0) {
                        asked = System.nanoTime();
                    }
                    // A key that is written all the time has always more: asked for it, the relay holds it for a
                    // moment.
                    if (letters.isAtEnd()) {
                        ask(letters, publisher);
                        settle(outcomes);
                    } else {
                        asked = System.nanoTime();
                    }
                }
            }
            open.values().forEach(key -> outcomes.add(new ReleaseOutcome.NotAnswered(key.key(), key.republished())));
        }

        private int republish(LetterReader letters, Republisher publisher) throws RelayException, InterruptedException {
            int count = 0;
            for (Letter letter : letters.poll()) {
                KeyInRelease key = open.get(letter.key());
                if (key != null && key.takes(letter, skipped)) {
                    letter.requirePublishable();
                    publisher.publish(letter.event());
                    count++;
                }
            }
            publisher.flush();
            return count;
        }

        private void ask(LetterReader letters, Republisher publisher) throws RelayException, InterruptedException {
            for (KeyInRelease key : open.values()) {
                ReleaseRequest request = key.request(letters.readTo());
                if (request != null) {
                    publisher.publish(codec.write(request, EventPosition.NONE, true));
                }
            }
            publisher.flush();
        }

        private void settle(List<ReleaseOutcome> outcomes) {
            Map<ParkedKey, Parking> parked = view.current();
            open.values().removeIf(key -> {
                boolean released = !parked.containsKey(key.key());
                if (released) {
                    outcomes.add(new ReleaseOutcome.Released(key.key(), key.republished()));
                }
                return released;
            });
        }
    }
}
