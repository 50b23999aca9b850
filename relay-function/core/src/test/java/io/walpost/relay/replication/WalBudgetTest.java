package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.walpost.outbox.Lsn;
import io.walpost.relay.replication.SlotVerdict.BeingLost;
import io.walpost.relay.replication.SlotVerdict.Lost;
import io.walpost.relay.replication.SlotVerdict.NearBudget;
import io.walpost.relay.replication.SlotVerdict.OverBudget;
import io.walpost.relay.replication.SlotVerdict.WithinBudget;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WalBudgetTest {

    private final WalBudget budget = new WalBudget(1_000);

    private static SlotStatus slot(WalStatus status, OptionalLong retained, OptionalLong safe) {
        return new SlotStatus(
                new Lsn(2), new Lsn(1), 1, retained, safe, status, true, Optional.empty(), Optional.empty(), false);
    }

    private SlotVerdict verdict(long retained) {
        return budget.verdict(slot(WalStatus.RESERVED, OptionalLong.of(retained), OptionalLong.empty()));
    }

    @Test
    void getsWorseWithWhatIsHeldBack() {
        assertThat(verdict(0)).isEqualTo(new WithinBudget());
        assertThat(verdict(500)).isEqualTo(new WithinBudget());
        assertThat(verdict(501)).isEqualTo(new NearBudget(501, 1_000));
        assertThat(verdict(1_000)).isEqualTo(new NearBudget(1_000, 1_000));
        assertThat(verdict(1_001)).isEqualTo(new OverBudget(1_001, 1_000));
    }

    @Test
    void goesByTheServersLimitIfThatIsSmaller() {
        assertThat(budget.verdict(slot(WalStatus.EXTENDED, OptionalLong.of(300), OptionalLong.of(200))))
                .isEqualTo(new NearBudget(300, 500));
        assertThat(budget.verdict(slot(WalStatus.EXTENDED, OptionalLong.of(300), OptionalLong.of(5_000))))
                .isEqualTo(new WithinBudget());
    }

    @Test
    void believesTheServerThatASlotIsLost() {
        assertThat(budget.verdict(slot(WalStatus.UNRESERVED, OptionalLong.of(1), OptionalLong.of(-5))))
                .isEqualTo(new BeingLost());
        assertThat(budget.verdict(slot(WalStatus.LOST, OptionalLong.empty(), OptionalLong.empty())))
                .isEqualTo(new Lost());
    }

    @Test
    void alarmsAndAdvisesOnlyWhenSomebodyShouldLook() {
        assertThat(verdict(0).isAlarming()).isFalse();
        assertThat(verdict(0).hint()).isEmpty();
        assertThat(verdict(600).isAlarming()).isFalse();
        assertThat(verdict(600).hint()).isNotEmpty();
        assertThat(verdict(2_000).isAlarming()).isTrue();
        assertThat(verdict(2_000).meaning()).contains("2.0 kB").contains("walpost.relay.wal-budget is 1000 bytes");
        assertThat(SlotVerdict.labels())
                .containsExactly("within-budget", "near-budget", "over-budget", "being-lost", "lost");
    }

    @Test
    void isNotNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WalBudget(0))
                .withMessageContaining("walpost.relay.wal-budget");
    }
}
