package io.walpost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformsTest {

    private static final String REFERENCE = "docker.io/library/eclipse-temurin:21-jre";
    private static final String FILE = "tar:///base.tar";
    private static final Platform AMD64 = new Platform("amd64", "linux");
    private static final Platform ARM64 = new Platform("arm64", "linux");

    @Test
    void pushesForBothKindsOfNodes() {
        assertThat(Platforms.chosen(List.of(), REFERENCE, true)).containsExactly(AMD64, ARM64);
    }

    @Test
    void writesAFileForOnePlatform() {
        assertThat(Platforms.chosen(List.of(), REFERENCE, false))
                .containsExactly(System.getProperty("os.arch").matches("amd64|x86_64") ? AMD64 : ARM64);
        assertThat(Platforms.chosen(List.of("linux/arm64"), REFERENCE, false)).containsExactly(ARM64);
        assertThatThrownBy(() -> Platforms.chosen(List.of("linux/amd64", "linux/arm64"), REFERENCE, false))
                .hasMessageContaining("one platform")
                .hasMessageContaining("--push");
    }

    @Test
    void takesTheOneThatABaseImageInAFileHas() {
        assertThat(Platforms.chosen(List.of(), FILE, true)).isEmpty();
        assertThat(Platforms.chosen(List.of(), FILE, false)).isEmpty();
        assertThatThrownBy(() -> Platforms.chosen(List.of("linux/arm64"), FILE, true))
                .hasMessageContaining("leave --platform out");
    }

    @Test
    void saysWhatAPlatformLooksLike() {
        assertThatThrownBy(() -> Platforms.chosen(List.of("arm64"), REFERENCE, true))
                .hasMessage("'arm64' is no platform; one is linux/amd64, another linux/arm64.");
    }
}
