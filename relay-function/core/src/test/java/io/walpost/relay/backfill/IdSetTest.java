package io.walpost.relay.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdSetTest {

    @Test
    void knowsWhatWasAddedAndNotRemoved() {
        Random random = new Random(20_261_120);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
        }
        IdSet set = new IdSet(ids.size());
        ids.forEach(set::add);
        assertThat(set.size()).isEqualTo(10_000);
        Collections.shuffle(ids, random);
        List<UUID> gone = ids.subList(0, 4_000);
        assertThat(gone).allMatch(set::remove).noneMatch(set::remove);
        assertThat(set.size()).isEqualTo(6_000);
        assertThat(ids.subList(4_000, 10_000)).allMatch(set::contains);
        assertThat(gone).noneMatch(set::contains);
        assertThat(set.remove(new UUID(random.nextLong(), random.nextLong()))).isFalse();
    }

    @Test
    void takesIdsThatDifferInFewBits() {
        int count = 200_000;
        IdSet set = new IdSet(count);
        for (int i = 0; i < count; i++) {
            set.add(new UUID(0x0197_0000_0000_7000L + i, 0x8000_0000_0000_0000L));
        }
        assertThat(set.size()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(set.remove(new UUID(0x0197_0000_0000_7000L + i, 0x8000_0000_0000_0000L)))
                    .isTrue();
        }
        assertThat(set.size()).isZero();
    }

    @Test
    void takesEveryIdOnce() {
        IdSet set = new IdSet(2);
        UUID zero = new UUID(0, 0);
        set.add(zero);
        set.add(zero);
        assertThat(set.size()).isOne();
        assertThat(set.contains(zero)).isTrue();
        assertThat(set.contains(new UUID(0, 1))).isFalse();
    }

    @Test
    void canBeEmpty() {
        assertThat(new IdSet(0).remove(new UUID(1, 2))).isFalse();
    }
}
