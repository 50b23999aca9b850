package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.Failure;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of states that a test does not bring about at will. */
class RedisFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "LOADING Redis is loading the dataset in memory, SINK_UNREACHABLE, RETRY",
        "CLUSTERDOWN The cluster is down, SINK_UNREACHABLE, RETRY",
        "BUSY Redis is busy running a script., SINK_OVERLOADED, RETRY",
        "MISCONF Errors writing to the AOF file, SINK_OVERLOADED, RETRY",
        "@user_script: 51: -OOM command not allowed when used memory > 'maxmemory'., SINK_OVERLOADED, RETRY",
        "WRONGTYPE Operation against a key holding the wrong kind of value, SINK_REFUSED, DEAD_LETTER",
        "ERR something new, UNKNOWN, RETRY_A_FEW_TIMES",
        "NEWWORD something new, UNKNOWN, RETRY_A_FEW_TIMES"
    })
    void goesByTheFirstWord(String message, Failure failure, Failure.Reaction reaction) {
        assertThat(Failure.of(RedisFailures.saying(message))).isEqualTo(failure);
        assertThat(failure.reaction()).isEqualTo(reaction);
    }

    @Test
    void quotesNothingThatMayComeFromTheRequest() {
        assertThat(RedisFailures.saying("ERR unknown command 'EVALSHA', with args beginning with: 'secret'"))
                .hasMessage("Redis refused the request: ERR");
    }

    @Test
    void waitsWhenTheConnectionFails() {
        assertThat(Failure.of(RedisFailures.of(new ConnectException("Connection refused"))))
                .isEqualTo(Failure.SINK_UNREACHABLE);
    }
}
