package io.walpost.outbox.deployment;

import io.quarkus.test.QuarkusUnitTest;

/** An application without an entity, for a database that is never called. */
final class TestApplication {

    private TestApplication() {}

    static QuarkusUnitTest with(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClasses(classes).addClass(TestApplication.class))
                .overrideConfigKey("quarkus.devservices.enabled", "false")
                .overrideConfigKey("quarkus.datasource.db-kind", "postgresql")
                .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/none")
                .overrideConfigKey("quarkus.hibernate-orm.database.start-offline", "true");
    }
}
