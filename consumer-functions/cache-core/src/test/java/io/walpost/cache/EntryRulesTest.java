package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRulesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S", "P31D"})
    void namesTheSettingThatIsOutOfRange(Duration ttl) {
        assertThatThrownBy(() -> new EntryRules("", CacheMode.INVALIDATE, ttl, MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("walpost.cache.marker-ttl must lie between 1 ms and 30 days, and is ");
        assertThatThrownBy(() -> new EntryRules("", CacheMode.INVALIDATE, MINUTE, ttl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("walpost.cache.value-ttl must lie between 1 ms and 30 days, and is ");
    }
}
