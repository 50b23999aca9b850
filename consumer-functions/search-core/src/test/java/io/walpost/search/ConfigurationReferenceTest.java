package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.reference.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes docs/configuration/walpost-search.md. */
class ConfigurationReferenceTest {

    private static final String INTRODUCTION = """
            # Settings of search

            Written by the build from `SearchSettings`; do not edit. They come on top of
            [those of every consumer](walpost-consumer.md). As a Lambda function search has a shorter timeout, which fits
            into its margin.
            """;

    @Test
    void documentsEverySetting() throws IOException {
        String page = new SettingsReference(INTRODUCTION, Map.of(), SearchSettings.class)
                .writeOrCompare(Path.of(""), "walpost-search.md");

        assertThat(page).contains("| `walpost.search.create-index`<br>`WALPOST_SEARCH_CREATE_INDEX` | `false` |");
    }
}
