package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.checkpoint.WalHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotMemoryTest {

    private static final WalHistory HERE = new WalHistory("1", 1);
    private static final WalHistory PROMOTED = new WalHistory("1", 2);
    private static final WalHistory ELSEWHERE = new WalHistory("2", 1);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final SlotMemory memory = new SlotMemory("s", Clock.fixed(NOON, ZoneOffset.UTC));

    private Optional<LogGap> ifMoved(WalHistory current, long reached, Lsn found) {
        memory.reached(new ResumePoint(current, reached, EventPosition.NONE));
        return memory.ifMoved(current, found);
    }

    @Test
    void knowsNothingOfASlotThatItNeverRead() {
        assertThat(memory.hasRead()).isFalse();
        assertThat(ifMoved(HERE, 0, new Lsn(200))).isEmpty();
        assertThat(memory.isForeign(HERE)).isFalse();
    }

    @Test
    void namesTheGapOfASlotThatWasDropped() {
        memory.opened(HERE, 100);
        memory.confirmed(150);
        assertThat(memory.dropped(new ServerIdentity(HERE, new Lsn(200))).toString())
                .isEqualTo("The replication slot s is lost: it was dropped. Not published: what was committed between"
                        + " 0/96 and 0/C8 (50 bytes of log), since 2026-11-20T12:00:00Z");
    }

    /** It was acknowledged when there was no connection any more by which to say so. */
    @Test
    void countsAsPublishedWhatTheServerWasNotTold() {
        memory.opened(HERE, 100);
        memory.confirmed(150);
        memory.reached(new ResumePoint(HERE, 180, EventPosition.NONE));

        LogGap dropped = memory.dropped(new ServerIdentity(HERE, new Lsn(200)));
        assertThat(dropped.from()).isEqualTo(new Lsn(180));
    }

    @Test
    void noticesASlotThatIsAheadOfWhatWasConfirmed() {
        memory.opened(HERE, 100);
        memory.confirmed(150);
        assertThat(ifMoved(HERE, 150, new Lsn(150))).isEmpty();
        assertThat(ifMoved(HERE, 150, new Lsn(120))).isEmpty();
        assertThat(ifMoved(HERE, 160, new Lsn(155)))
                .as("what this process has reached and the server was not told")
                .isEmpty();
        assertThat(ifMoved(HERE, 160, new Lsn(200))).get().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(new Lsn(160));
            assertThat(gap.to()).isEqualTo(new Lsn(200));
            assertThat(gap.since()).contains(NOON);
        });
        assertThat(ifMoved(PROMOTED, 0, new Lsn(200))).isPresent();
    }

    /** The one before wrote more than it could pass on: what is there now on the promoted one is something else. */
    @Test
    void beginsTheGapWhereThePromotedServerPartedFromTheOneBefore() {
        WalHistory promoted = new WalHistory("1", 2, List.of(new WalHistory.Ancestor(1, 120)), 500);
        memory.opened(HERE, 100);
        memory.confirmed(150);

        LogGap dropped = memory.dropped(new ServerIdentity(promoted, new Lsn(200)));
        assertThat(dropped.from()).isEqualTo(new Lsn(120));
        assertThat(ifMoved(promoted, 120, new Lsn(120))).isEmpty();
        assertThat(ifMoved(promoted, 120, new Lsn(140)))
                .as("made anew there")
                .get()
                .satisfies(gap -> assertThat(gap.from()).isEqualTo(new Lsn(120)));
    }

    @Test
    void keepsItsPositionOnAPromotedServerThatHasAllOfTheLog() {
        WalHistory promoted = new WalHistory("1", 2, List.of(new WalHistory.Ancestor(1, 160)), 500);
        memory.opened(HERE, 100);
        memory.confirmed(150);

        LogGap dropped = memory.dropped(new ServerIdentity(promoted, new Lsn(200)));
        assertThat(dropped.from()).isEqualTo(new Lsn(150));
        assertThat(ifMoved(promoted, 150, new Lsn(140))).isEmpty();
    }

    @Test
    void letsAnotherRelayCarryOn() {
        memory.opened(HERE, 100);
        memory.busy();
        assertThat(ifMoved(HERE, 100, new Lsn(200))).isEmpty();
        memory.opened(HERE, 200);
        assertThat(ifMoved(HERE, 200, new Lsn(300))).isPresent();
    }

    @Test
    void comparesNoPositionsOfDifferentClusters() {
        memory.opened(HERE, 100);
        assertThat(memory.isForeign(ELSEWHERE)).isTrue();
        assertThat(memory.isForeign(PROMOTED)).isFalse();
        assertThat(ifMoved(ELSEWHERE, 0, new Lsn(200))).isEmpty();
    }

    @Test
    void comparesPositionsWithoutTheirSign() {
        memory.opened(HERE, Long.MAX_VALUE);
        memory.confirmed(Long.MIN_VALUE + 5);
        assertThat(ifMoved(HERE, 0, new Lsn(Long.MIN_VALUE))).isEmpty();
        assertThat(ifMoved(HERE, 0, new Lsn(-1))).isPresent();
    }
}
