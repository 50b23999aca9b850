package io.walpost.outbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A prefix that no reader could be given is refused at start, before any event is lost on it. */
class MessagePrefixTest {

    @RegisterExtension
    static final QuarkusUnitTest BUILD = TestApplication.with()
            .overrideConfigKey("walpost.outbox.mode", "message")
            .overrideConfigKey("walpost.outbox.message-prefix", "our events")
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("walpost.outbox.message-prefix")
                    .hasStackTraceContaining("'our events' cannot be the prefix of an event's message"));

    @Test
    void fails() {
        fail("the application started");
    }
}
