package io.walpost.outbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No other database has logical messages. */
class MessagesNeedPostgresTest {

    @RegisterExtension
    static final QuarkusUnitTest BUILD = TestApplication.with()
            .overrideConfigKey("walpost.outbox.mode", "message")
            .overrideConfigKey("quarkus.datasource.db-kind", "other")
            .overrideConfigKey("quarkus.datasource.jdbc.driver", "org.postgresql.Driver")
            .overrideConfigKey("quarkus.hibernate-orm.dialect", "org.hibernate.dialect.H2Dialect")
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("which only PostgreSQL has, and datasource <default> of the default"
                            + " persistence unit is other: set walpost.outbox.mode=table, or use PostgreSQL"));

    @Test
    void fails() {
        fail("the application was built for a database that cannot do it");
    }
}
