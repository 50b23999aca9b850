package io.walpost.relay.poison;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.PoisonReaction;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedLog.Snapshot;
import io.walpost.relay.poison.ParkedRecord.Parked;
import io.walpost.relay.poison.ParkedRecord.ReleaseRequest;
import io.walpost.relay.poison.ParkedRecord.Released;
import io.walpost.relay.poison.ParkedRecord.RequestDone;
import io.walpost.relay.route.RoutedEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTriageTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T00:00:00Z"), ZoneOffset.UTC);
    private static final PoisonPolicy POLICY =
            new PoisonPolicy(PoisonPolicy.of(1).reactions(), "letters", "parked", 1 << 20);

    private final RoutedEvent bad = Events.event("bad", "orders", "42", 100);
    private final RoutedEvent next = Events.event("next", "orders", "42", 200);
    private final ParkedKey key = ParkedKey.of(bad);
    private final Parking parking = new Parking("bad", "record-too-large", "why", "0/64", CLOCK.instant());

    private final FakeLog log = new FakeLog();
    private final Heard heard = new Heard();
    private long now;
    private final Verdicts verdicts = new Verdicts(POLICY, () -> now);
    private final EventTriage triage = new EventTriage(POLICY, verdicts, log, heard, CLOCK, () -> now);

    private static List<RoutedEvent> instead(Ruling ruling) {
        assertThat(ruling).isInstanceOf(Ruling.SetAside.class);
        return ((Ruling.SetAside) ruling).instead();
    }

    private void parkBad() throws RelayException {
        triage.listen();
        verdicts.after(Events.refusal(bad, PoisonKind.RECORD_TOO_LARGE));
        triage.judge(bad);
    }

    private void hear(ParkedRecord record) throws RelayException {
        log.later.add(new ParkedCodec.Entry(record, "somebody else"));
        triage.listen();
    }

    private List<ParkedRecord> notices() {
        List<ParkedRecord> notices = new ArrayList<>();
        for (RoutedEvent notice = triage.nextNotice(EventPosition.NONE, true);
                notice != null;
                notice = triage.nextNotice(EventPosition.NONE, true)) {
            notices.add(Events.read(notice).orElseThrow().record());
        }
        return notices;
    }

    @Test
    void knowsNothingBeforeTheTopicIsRead() throws RelayException {
        log.snapshot = Optional.empty();
        assertThat(triage.listen()).isFalse();
        log.snapshot = Optional.of(Snapshot.EMPTY);
        assertThat(triage.listen()).isTrue();
        assertThat(triage.judge(bad)).isSameAs(Ruling.PASS);
    }

    @Test
    void parksWithAMarkerBeforeTheEventAndALetterInItsPlace() throws RelayException {
        triage.listen();
        verdicts.after(Events.refusal(bad, PoisonKind.RECORD_TOO_LARGE));
        List<RoutedEvent> instead = instead(triage.judge(bad));
        assertThat(instead).hasSize(2);
        // Acknowledged alone, the marker must not make the event count as done.
        assertThat(instead.get(0).position()).isEqualTo(new EventPosition(100, 0));
        assertThat(Events.read(instead.get(0)).orElseThrow().record())
                .isEqualTo(new Parked(
                        key, new Parking("bad", "record-too-large", "as the test wants", "0/64", CLOCK.instant())));
        assertThat(instead.get(0).isEvent()).isFalse();
        RoutedEvent letter = instead.get(1);
        assertThat(letter.isEvent()).isTrue();
        assertThat(letter.topic()).isEqualTo("letters");
        assertThat(letter.position()).isEqualTo(bad.position());
        assertThat(letter.last()).isTrue();
        assertThat(letter.key()).isEqualTo(bad.key());
        assertThat(letter.value()).isEqualTo(bad.value());
        assertThat(Events.headers(letter))
                .containsEntry("id", "bad")
                .containsEntry("dead-letter-kind", "record-too-large")
                .containsEntry("dead-letter-reason", "record-too-large: as the test wants")
                .containsEntry("dead-letter-cause", "as the test wants")
                .containsEntry("dead-letter-topic", "orders")
                .doesNotContainKey("dead-letter-follows");
        assertThat(heard.parked).isEqualTo(1);
    }

    @Test
    void letsLaterEventsFollowOnlyIfTheyShareTopicAndKey() throws RelayException {
        parkBad();
        assertThat(triage.judge(Events.event("x", "orders", "43", 200))).isSameAs(Ruling.PASS);
        assertThat(triage.judge(Events.event("y", "invoices", "42", 200))).isSameAs(Ruling.PASS);
        List<RoutedEvent> instead = instead(triage.judge(next));
        assertThat(instead).hasSize(1);
        assertThat(Events.headers(instead.getFirst()))
                .containsEntry("dead-letter-kind", "follows-parked")
                .containsEntry("dead-letter-follows", "bad");
        assertThat(heard.kinds).containsExactly("record-too-large", "follows-parked");
    }

    @Test
    void saysBothOfAFollowerThatCannotBePublishedItself() throws RelayException {
        parkBad();
        RoutedEvent letter = instead(triage.judge(next, Events.refusal(next, PoisonKind.UNROUTABLE)))
                .getFirst();
        assertThat(Events.headers(letter))
                .containsEntry("dead-letter-kind", "unroutable")
                .containsEntry("dead-letter-follows", "bad");
    }

    @Test
    void knowsTheCauseFromTheMarkerIfTheLetterWasNotWritten() throws RelayException {
        log.snapshot = Optional.of(new Snapshot(List.of(new Parked(key, parking)), Map.of()));
        triage.listen();
        List<RoutedEvent> instead = instead(triage.judge(bad));
        assertThat(instead).hasSize(1);
        assertThat(Events.headers(instead.getFirst()))
                .containsEntry("dead-letter-kind", "record-too-large")
                .containsEntry("dead-letter-cause", "why")
                .doesNotContainKey("dead-letter-follows");
    }

    @Test
    void putsWhatHasNoKeyAmongTheDeadLettersAlone() throws RelayException {
        triage.listen();
        RoutedEvent keyless = Events.event("a", "orders", "", 100);
        assertThat(instead(triage.judge(keyless, Events.refusal(keyless, PoisonKind.NO_KEY))))
                .singleElement()
                .satisfies(letter -> assertThat(letter.topic()).isEqualTo("letters"));
        assertThat(heard.parked).isZero();
    }

    @Test
    void waitsOrEndsIfThatIsSet() throws RelayException {
        for (PoisonReaction reaction : List.of(PoisonReaction.RETRY, PoisonReaction.STOP)) {
            Map<PoisonKind, PoisonReaction> reactions = new EnumMap<>(POLICY.reactions());
            reactions.put(PoisonKind.RECORD_TOO_LARGE, reaction);
            EventTriage strict = new EventTriage(
                    new PoisonPolicy(reactions, "letters", "parked", 5), verdicts, log, heard, CLOCK, () -> now);
            strict.listen();
            RelayException cause =
                    switch (strict.judge(bad)) {
                        case Ruling.Retry(RelayException why) when reaction == PoisonReaction.RETRY -> why;
                        case Ruling.Stop(RelayException why) when reaction == PoisonReaction.STOP -> why;
                        case Ruling other -> throw new AssertionError(other);
                    };
            assertThat(cause).hasMessageContaining("bad").hasMessageContaining("0/64");
        }
    }

    @Test
    void releasesAKeyOfThisSessionOnlyIfItsLastLetterWasRepublished() throws RelayException {
        parkBad();
        triage.judge(next);
        hear(new ReleaseRequest(key, Map.of(0, Long.MAX_VALUE), "bad"));
        assertThat(notices()).isEmpty();
        hear(new ReleaseRequest(key, Map.of(), "next"));
        assertThat(notices()).containsExactly(new Released(key), new RequestDone(key));
        assertThat(triage.judge(Events.event("later", "orders", "42", 300))).isSameAs(Ruling.PASS);
        assertThat(heard.parked).isZero();
        assertThat(heard.released).containsExactly(key);
    }

    @Test
    void releasesAnEarlierKeyOnlyIfAllWasReadThatWasThereAtTheStart() throws RelayException {
        log.snapshot = Optional.of(new Snapshot(List.of(new Parked(key, parking)), Map.of(0, 5L, 1, 7L)));
        triage.listen();
        hear(new ReleaseRequest(key, Map.of(0, 5L, 1, 6L), "next"));
        hear(new ReleaseRequest(key, Map.of(0, 5L), "next"));
        assertThat(notices()).isEmpty();
        hear(new ReleaseRequest(key, Map.of(0, 5L, 1, 7L), "next"));
        assertThat(notices()).containsExactly(new Released(key), new RequestDone(key));
    }

    @Test
    void answersARequestThatWasThereBeforeIt() throws RelayException {
        ReleaseRequest request = new ReleaseRequest(key, Map.of(0, 5L), "next");
        log.snapshot = Optional.of(new Snapshot(List.of(new Parked(key, parking), request), Map.of(0, 5L)));
        triage.listen();
        assertThat(triage.judge(next)).isSameAs(Ruling.PASS);
        assertThat(notices()).containsExactly(new Released(key), new RequestDone(key));
    }

    @Test
    void holdsTheNextEventForAMomentWhileTheCommandCatchesUp() throws RelayException {
        parkBad();
        triage.judge(next);
        hear(new ReleaseRequest(key, Map.of(), "bad"));
        RoutedEvent third = Events.event("third", "orders", "42", 300);
        assertThat(triage.judge(third)).isSameAs(Ruling.WAIT);
        assertThat(triage.judge(Events.event("other", "orders", "43", 300))).isSameAs(Ruling.PASS);
        now += ParkedKeys.HOLD;
        instead(triage.judge(third));
        hear(new ReleaseRequest(key, Map.of(), "next"));
        assertThat(triage.judge(Events.event("fourth", "orders", "42", 400))).isSameAs(Ruling.WAIT);
        hear(new ReleaseRequest(key, Map.of(), "third"));
        assertThat(triage.judge(Events.event("fourth", "orders", "42", 400))).isSameAs(Ruling.PASS);
    }

    @Test
    void insistsOnAKeyThatSomebodyElseReleased() throws RelayException {
        parkBad();
        hear(new Released(key));
        assertThat(notices()).singleElement().isInstanceOfSatisfying(Parked.class, again -> assertThat(again.key())
                .isEqualTo(key));
        instead(triage.judge(next));
    }

    @Test
    void takesInAMarkerOfItsPredecessorThatCameLate() throws RelayException {
        triage.listen();
        hear(new Parked(key, parking));
        instead(triage.judge(next));
        assertThat(heard.parked).isEqualTo(1);
    }

    /** When they come back they may be outdated: parked, released, and parked again. */
    @Test
    void doesNotHearItself() throws RelayException {
        triage.listen();
        verdicts.after(Events.refusal(bad, PoisonKind.RECORD_TOO_LARGE));
        RoutedEvent marker = instead(triage.judge(bad)).getFirst();
        hear(new ReleaseRequest(key, Map.of(), "bad"));
        log.later.add(Events.read(marker).orElseThrow());
        triage.listen();
        assertThat(triage.judge(next)).isSameAs(Ruling.PASS);
    }

    private static final class FakeLog implements ParkedLog {
        private Optional<Snapshot> snapshot = Optional.of(Snapshot.EMPTY);
        private final Deque<ParkedCodec.Entry> later = new ArrayDeque<>();

        @Override
        public Optional<Snapshot> snapshot() {
            return snapshot;
        }

        @Override
        public ParkedCodec.Entry poll() {
            return later.poll();
        }

        @Override
        public void close() {}
    }

    private static final class Heard implements PoisonListener {
        private final List<String> kinds = new ArrayList<>();
        private final List<ParkedKey> released = new ArrayList<>();
        private int parked;

        @Override
        public void deadLetter(String kind) {
            kinds.add(kind);
        }

        @Override
        public void setAside(Poison poison, boolean withKey) {}

        @Override
        public void released(ParkedKey key) {
            released.add(key);
        }

        @Override
        public void parkedKeys(int count) {
            parked = count;
        }
    }
}
