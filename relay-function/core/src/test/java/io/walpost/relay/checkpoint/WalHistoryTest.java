package io.walpost.relay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.checkpoint.WalHistory.Ancestor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a position is worth after the log has branched. */
class WalHistoryTest {

    private static final long END = 1_000;

    private static final WalHistory FIRST = new WalHistory("7", 1);
    /** Left the first timeline at 100. */
    private static final WalHistory SECOND = history(2, new Ancestor(1, 100));
    /** Left the second at 200. */
    private static final WalHistory THIRD = history(3, new Ancestor(1, 100), new Ancestor(2, 200));
    /** A restore: left the first at 50. */
    private static final WalHistory RESTORED = history(4, new Ancestor(1, 50));

    private static WalHistory history(int timeline, Ancestor... ancestors) {
        return new WalHistory("7", timeline, List.of(ancestors), END);
    }

    private static EventPosition at(long lsn, int order) {
        return new EventPosition(lsn, order);
    }

    @Test
    void keepsAPositionOfTheSameTimeline() {
        assertThat(FIRST.translate(at(99, 3), FIRST)).isEqualTo(at(99, 3));
        assertThat(SECOND.translate(at(5_000, 3), SECOND)).isEqualTo(at(5_000, 3));
    }

    @Test
    void keepsAPositionOfAnAncestorThatLiesBeforeTheSwitch() {
        assertThat(SECOND.translate(at(99, 3), FIRST)).isEqualTo(at(99, 3));
        assertThat(THIRD.translate(at(199, 1), SECOND)).isEqualTo(at(199, 1));
    }

    @Test
    void cutsAPositionOfAnAncestorOffAtTheSwitch() {
        // The commit at 100 of the old timeline is not the commit at 100 of the new one.
        assertThat(SECOND.translate(at(100, 1), FIRST)).isEqualTo(at(100, 0));
        assertThat(SECOND.translate(at(150, 2), FIRST)).isEqualTo(at(100, 0));
        assertThat(THIRD.translate(at(150, 2), FIRST)).isEqualTo(at(100, 0));
        assertThat(THIRD.translate(at(250, 2), SECOND)).isEqualTo(at(200, 0));
    }

    @Test
    void cutsAPositionOfABranchOffWhereItBranched() {
        assertThat(RESTORED.translate(at(49, 1), THIRD)).isEqualTo(at(49, 1));
        assertThat(RESTORED.translate(at(150, 1), THIRD)).isEqualTo(at(50, 0));
        assertThat(THIRD.translate(at(70, 1), RESTORED)).isEqualTo(at(50, 0));
    }

    @Test
    void tellsApartTwoServersThatWerePromotedToTheSameTimeline() {
        WalHistory other = history(2, new Ancestor(1, 80));
        assertThat(SECOND.translate(at(79, 1), other)).isEqualTo(at(79, 1));
        assertThat(SECOND.translate(at(90, 1), other)).isEqualTo(at(80, 0));
        assertThat(other.translate(at(90, 1), SECOND)).isEqualTo(at(80, 0));
    }

    @Test
    void goesByTheNumberIfTheAncestorsAreNotKnown() {
        WalHistory unknown = new WalHistory("7", 2);
        assertThat(unknown.translate(at(150, 1), SECOND)).isEqualTo(at(150, 1));
        assertThat(unknown.translate(at(50, 1), FIRST)).isEqualTo(EventPosition.NONE);
    }

    @Test
    void knowsNothingOfAnotherCluster() {
        assertThat(FIRST.translate(at(50, 1), new WalHistory("8", 1))).isEqualTo(EventPosition.NONE);
        assertThat(WalHistory.UNKNOWN.translate(at(50, 1), WalHistory.UNKNOWN)).isEqualTo(EventPosition.NONE);
    }

    @Test
    void comparesUnsigned() {
        WalHistory late = history(2, new Ancestor(1, -100));
        assertThat(late.translate(at(-101, 1), FIRST)).isEqualTo(at(-101, 1));
        assertThat(late.translate(at(-99, 1), FIRST)).isEqualTo(at(-100, 0));
        assertThat(SECOND.reaches(-1)).isFalse();
        assertThat(SECOND.reaches(END)).isTrue();
        assertThat(FIRST.reaches(-1)).isTrue();
    }

    @Test
    void cutsAResumePointOffAtTheSwitch() {
        ResumePoint ahead = new ResumePoint(FIRST, 160, at(150, 2));
        assertThat(ahead.in(SECOND)).isEqualTo(new ResumePoint(SECOND, 100, at(100, 0)));
        ResumePoint behind = new ResumePoint(FIRST, 90, at(95, 2));
        assertThat(behind.in(SECOND)).isEqualTo(new ResumePoint(SECOND, 90, at(95, 2)));
        assertThat(ResumePoint.none().in(SECOND)).isEqualTo(new ResumePoint(SECOND, 0, EventPosition.NONE));
    }
}
