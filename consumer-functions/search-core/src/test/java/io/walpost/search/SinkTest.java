package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.Shutdown;
import io.walpost.consumer.SinkLogin;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "walpost.search.index | Orders | walpost.search.index cannot be 'Orders'",
                "walpost.search.index | a/_doc/1?x= | walpost.search.index cannot be",
                "walpost.search.index | _all | walpost.search.index cannot be",
                "walpost.search.url | localhost:9200 | walpost.search.url is no address",
                "walpost.search.url | ftp://localhost | walpost.search.url is no address",
                "walpost.search.username | ada | only one is set",
                "walpost.search.timeout | PT0S | walpost.search.timeout must lie between 1 ms and 30 days, and is PT0S",
                "walpost.search.timeout | PT-1S | walpost.search.timeout must lie between",
                "walpost.search.timeout | PT0.0001S | walpost.search.timeout must lie between",
                "walpost.search.timeout | P31D | walpost.search.timeout must lie between"
            })
    void saysWhichSettingIsWrong(String name, String value, String message) {
        assertThatThrownBy(() -> Sink.of(settings(Map.of(name, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesTwoLoginsWithoutAskingForTheSecret() {
        SinkLogin secret = () -> {
            throw new AssertionError("asked before a connection needs it");
        };
        SearchSettings password =
                settings(Map.of("walpost.search.username", "ada", "walpost.search.password", "grass"));

        assertThatThrownBy(() -> Sink.of(password, secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set one of them")
                .hasMessageNotContaining("grass");
        Sink.of(password, SinkLogin.none()).close();
        Sink.of(settings(Map.of()), secret).close();
    }

    @Test
    void makesTheIndexBeforeTheFirstEventIfItIsTold() throws Exception {
        try (Indices indices = new Indices();
                Sink sink = Sink.of(settings(Map.of(
                        "walpost.search.url", indices.server.url() + "/",
                        "walpost.search.index", "made",
                        "walpost.search.create-index", "true")))) {
            assertThat(sink.admin().behind("made")).isEmpty();
            BatchHandler handler = sink.handler();

            assertThat(consume(handler)).containsExactly(new Outcome.Applied());

            assertThat(sink.admin().behind("made")).containsExactly("made-1");
            assertThat(sink.admin().createIfAbsent()).isFalse();
            assertThat(indices.version("made", 7)).isEqualTo(1);
        }
    }

    private static List<Outcome> consume(BatchHandler handler) {
        RetryPolicy policy = new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(100), 3, Duration.ofSeconds(1));
        return new RecordConsumer(handler, new Letters(), policy, new Attempts(), Clock.systemUTC())
                .consume(List.of(OrderRecords.changed(7, 1)), new Shutdown());
    }

    private static SearchSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SearchSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(SearchSettings.class);
    }
}
