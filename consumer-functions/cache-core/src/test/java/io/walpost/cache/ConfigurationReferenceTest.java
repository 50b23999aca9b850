package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.reference.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes docs/configuration/walpost-cache.md. */
class ConfigurationReferenceTest {

    private static final String INTRODUCTION = """
            # Settings of the cache's consumer

            Written by the build from `CacheSettings`; do not edit. They come on top of
            [those of every consumer](walpost-consumer.md), of which `walpost.consumer.order` is `skip` here. Redis is named by
            `quarkus.redis.hosts`. [cache.md](../cache.md) says what it is all about. As a Lambda function the consumer has a
            shorter timeout, which fits into its margin.
            """;

    @Test
    void documentsEverySetting() throws IOException {
        String page = new SettingsReference(INTRODUCTION, Map.of(), CacheSettings.class)
                .writeOrCompare(Path.of(""), "walpost-cache.md");

        assertThat(page).contains("| `walpost.cache.marker-ttl`<br>`WALPOST_CACHE_MARKER_TTL` | `10m` |");
    }
}
