package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRedisTest {

    private static final LocalRedis REDIS = LocalRedis.temporary();

    @BeforeEach
    void start() {
        REDIS.start();
    }

    @AfterAll
    static void close() {
        REDIS.close();
        assertThat(REDIS.dataFolder()).doesNotExist();
    }

    @Test
    void keepsWhatItAnsweredToAndItsPortWhenItIsKilled() {
        REDIS.command("FLUSHALL");
        for (int i = 0; i < 1000; i++) {
            assertThat(REDIS.command("SET", "survivor-" + i, "kept")).isEqualTo("OK");
        }

        REDIS.kill();
        assertThat(REDIS.running()).isFalse();
        assertThat(Ports.isFree(REDIS.port())).isTrue();
        REDIS.start();

        assertThat(REDIS.command("DBSIZE")).isEqualTo("1000");
    }

    @Test
    void answersNothingWhileItIsPaused() {
        REDIS.pause();
        try {
            assertThatThrownBy(() -> REDIS.command("PING"))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining(REDIS.uri());
        } finally {
            REDIS.resume();
        }
        assertThat(REDIS.command("PING")).isEqualTo("PONG");
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(REDIS.command("CONFIG", "GET", "bind")).isEqualTo("bind\n127.0.0.1");
    }

    @Test
    void saysWhatRedisRefuses() {
        REDIS.command("SET", "text", "no hash");

        assertThatThrownBy(() -> REDIS.command("HGET", "text", "field"))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("WRONGTYPE");
        assertThat(REDIS.command("GET", "absent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, aarch64, linux-arm64",
        "Mac OS X, x86_64, darwin-amd64",
        "Mac OS X, aarch64, darwin-arm64"
    })
    void hasAnExecutableForEachPlatform(String os, String arch, String platform) {
        assertThat(RedisPrograms.resource(os, arch))
                .hasValueSatisfying(name -> assertThat(name).endsWith(platform).satisfies(resource -> assertThat(
                                RedisPrograms.class.getResource(resource))
                        .isNotNull()));
    }

    @Test
    void leavesOtherPlatformsToTheSystem() {
        assertThat(RedisPrograms.resource("Windows 11", "amd64")).isEmpty();
        assertThat(RedisPrograms.resource("Linux", "s390x")).isEmpty();
    }
}
