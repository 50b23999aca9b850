package io.walpost.relay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventPositionTest {

    @Test
    void coversItselfAndWhatCameBefore() {
        EventPosition position = new EventPosition(100, 3);
        assertThat(position.covers(100, 3)).isTrue();
        assertThat(position.covers(100, 2)).isTrue();
        assertThat(position.covers(99, 7)).isTrue();
        assertThat(position.covers(100, 4)).isFalse();
        assertThat(position.covers(101, 1)).isFalse();
        assertThat(EventPosition.NONE.covers(1, 1)).isFalse();
    }

    @Test
    void comparesLsnsUnsigned() {
        assertThat(new EventPosition(-1, 1).covers(1, 1)).isTrue();
        assertThat(new EventPosition(1, 1).covers(-1, 1)).isFalse();
    }
}
