package io.walpost.relay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.checkpoint.WalHistory.Ancestor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    private static final EventPosition POSITION = new EventPosition(0x16_B374_D848L, 3);

    @Test
    void isWrittenForPeople() {
        WalHistory history =
                new WalHistory("7459", 3, List.of(new Ancestor(1, 0x500_0000L), new Ancestor(2, 0x16_0000_0000L)), 9);
        assertThat(new String(new Progress(history, POSITION).encode(), UTF_8))
                .isEqualTo("system=7459 timelines=1@0/5000000,2@16/0,3 lsn=16/B374D848 order=3");
    }

    @Test
    void isReadAsItWasWritten() {
        WalHistory withAncestors = new WalHistory("7459", 2, List.of(new Ancestor(1, -1)), -1);
        Progress progress = new Progress(withAncestors, new EventPosition(-2, Integer.MAX_VALUE / 10));
        assertThat(Progress.parse(progress.encode())).isEqualTo(progress);
        Progress first = new Progress(new WalHistory("7459", 1), POSITION);
        assertThat(Progress.parse(first.encode())).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "system=7 timelines=1 lsn=16/B374D848",
                "system=7 timelines=1 lsn=B374D848 order=1",
                "system=7 timelines=1,2 lsn=16/B374D848 order=1",
                "system=7 timelines=x@0/1,2 lsn=16/B374D848 order=1",
                "system=7 timelines=1 lsn=16/B374D848 order=1 more"
            })
    void isNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Progress.parse(text.getBytes(UTF_8)));
    }
}
