package io.walpost.relay.poison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.poison.ParkedRecord.Parked;
import io.walpost.relay.poison.ParkedRecord.ReleaseRequest;
import io.walpost.relay.poison.ParkedRecord.Released;
import io.walpost.relay.poison.ParkedRecord.RequestDone;
import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParkedCodecTest {

    private static final ParkedKey KEY = ParkedKey.of("outbox.event.Order", "Zürich 42".getBytes(UTF_8));
    private static final Parking PARKING =
            new Parking("id", "unroutable", "no type – at all", "16/B374D848", Instant.parse("2026-11-20T01:02:03.4Z"));

    private final ParkedCodec codec = new ParkedCodec("parked");

    static Stream<ParkedRecord> records() {
        return Stream.of(
                new Parked(KEY, PARKING),
                new Released(KEY),
                new ReleaseRequest(KEY, Map.of(0, 12L, 2, 0L), "last"),
                new ReleaseRequest(KEY, Map.of(), ""),
                new RequestDone(KEY));
    }

    @ParameterizedTest
    @MethodSource("records")
    void readsWhatItWrites(ParkedRecord record) {
        RoutedEvent written = codec.write(record, new EventPosition(7, 1), true);
        assertThat(written.topic()).isEqualTo("parked");
        assertThat(written.position()).isEqualTo(new EventPosition(7, 1));
        assertThat(written.isEvent()).isFalse();
        assertThat(Events.read(written)).contains(new ParkedCodec.Entry(record, codec.writer()));
    }

    @Test
    void takesBackUnderTheKeyOfWhatItTakesBack() {
        EventPosition at = EventPosition.NONE;
        byte[] marker = codec.write(new Parked(KEY, PARKING), at, true).key();
        byte[] request =
                codec.write(new ReleaseRequest(KEY, Map.of(), ""), at, true).key();
        assertThat(codec.write(new Released(KEY), at, true).key())
                .isEqualTo(marker)
                .isNotEqualTo(request);
        assertThat(codec.write(new RequestDone(KEY), at, true).key()).isEqualTo(request);
    }

    @Test
    void passesOverWhatIsNotItsOwn() {
        byte[] value = {1};
        assertThat(ParkedCodec.read("no separator".getBytes(UTF_8), value, name -> null))
                .isEmpty();
        assertThat(ParkedCodec.read(new byte[0], value, name -> null)).isEmpty();
        assertThat(ParkedCodec.read("topic\0key".getBytes(UTF_8), value, name -> null))
                .isEmpty();
        assertThat(ParkedCodec.read("\0topic\0key".getBytes(UTF_8), value, name -> new byte[] {'x'}))
                .isEmpty();
    }
}
