package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.consumer.Failure;
import io.walpost.localstack.LocalRedis;
import io.walpost.localstack.LocalStackException;
import java.net.ConnectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of states that a test does not bring about at will. */
class RedisFailuresTest {

    private static final LocalRedis REDIS = LocalRedis.temporary();
    private static final String TELLS_ERROR = "Redis answers with an error: ";

    @BeforeAll
    static void start() {
        REDIS.start();
    }

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "LOADING Redis is loading the dataset in memory, SINK_UNREACHABLE, RETRY",
                "CLUSTERDOWN The cluster is down, SINK_UNREACHABLE, RETRY",
                "BUSY Redis is busy running a script., SINK_OVERLOADED, RETRY",
                "MISCONF Errors writing to the AOF file, SINK_OVERLOADED, RETRY",
                "@user_script: 51: -OOM command not allowed when used memory > 'maxmemory'., SINK_OVERLOADED, RETRY",
                "WRONGTYPE Operation against a key holding the wrong kind of value, SINK_REFUSED, DEAD_LETTER",
                "ERR Error running script (call to f_12ab): @user_script:3: WRONGTYPE Operation against a key, SINK_REFUSED, DEAD_LETTER",
                "WRONGTYPE Operation against a key script: 12ab on @user_script:1., SINK_REFUSED, DEAD_LETTER",
                "ERR Protocol error: invalid bulk length, SINK_REFUSED, DEAD_LETTER",
                "ERR Protocol error: unauthenticated bulk length, SINK_UNREACHABLE, RETRY",
                "ERR user_script:3: attempt to compare nil with number script: 12ab, UNKNOWN, RETRY_A_FEW_TIMES",
                "ERR user_script:3: attempt to call global 'unpack' (a nil value) script: 12ab, SINK_UNREACHABLE, RETRY",
                "DENIED Redis is running in protected mode because protected mode is enabled, SINK_UNREACHABLE, RETRY",
                "ERR unknown command 'EVALSHA', SINK_UNREACHABLE, RETRY",
                "ERR operation not permitted, SINK_UNREACHABLE, RETRY",
                "ERR ACL failure in script: User default has no permissions to run 'hset', SINK_UNREACHABLE, RETRY",
                "OK, SINK_UNREACHABLE, RETRY",
                "ERR something new, SINK_UNREACHABLE, RETRY",
                "NEWWORD something new, SINK_UNREACHABLE, RETRY"
            })
    void waitsUnlessItMayBeTheEntry(String message, Failure failure, Failure.Reaction reaction) {
        assertThat(Failure.of(RedisFailures.saying(message))).isEqualTo(failure);
        assertThat(failure.reaction()).isEqualTo(reaction);
    }

    @Test
    void quotesNothingThatMayComeFromTheRequest() {
        assertThat(RedisFailures.saying("ERR unknown command 'EVALSHA', with args beginning with: 'secret'"))
                .hasMessage(
                        "Redis refused the request: ERR unknown command; is EVALSHA renamed, or does something stand"
                                + " before Redis that lacks it?");
        assertThat(RedisFailures.saying("ERR 'secret' is new")).hasMessage("Redis refused the request: ERR");
        assertThat(RedisFailures.saying("ERR user_script:3: attempt to compare 'secret'"))
                .hasMessage("The script does not understand the entry");
    }

    /** What the Redis says that is here, whose words for it differ between versions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "return {} < 1 | UNKNOWN",
                "return redis.call('HGET', 'k', 'f', 'g', 'h') | SINK_UNREACHABLE",
                "redis.call('SET', 'text', 'a') return redis.call('HGET', 'text', 'f') | SINK_REFUSED",
                "return redis.call('NOSUCH', 'k') | SINK_UNREACHABLE",
                "return nosuch('k') | SINK_UNREACHABLE"
            })
    void knowsTheErrorsOfScripts(String script, Failure failure) {
        assertThatThrownBy(() -> REDIS.command("EVAL", script, "0"))
                .isInstanceOf(LocalStackException.class)
                .satisfies(e -> assertThat(
                                Failure.of(RedisFailures.saying(e.getMessage().substring(TELLS_ERROR.length()))))
                        .as(e.getMessage())
                        .isEqualTo(failure));
    }

    @Test
    void waitsWhenTheConnectionFails() {
        assertThat(Failure.of(RedisFailures.of(new ConnectException("Connection refused"))))
                .isEqualTo(Failure.SINK_UNREACHABLE);
    }
}
