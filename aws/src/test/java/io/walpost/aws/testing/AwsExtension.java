package io.walpost.aws.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test a Secrets Manager that the SDK of this JVM asks, and credentials of AWS. */
public final class AwsExtension implements BeforeEachCallback, AfterEachCallback {

    private SecretsManagerServer server;

    public SecretsManagerServer server() {
        return server;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server = new SecretsManagerServer();
        server.properties().forEach(System::setProperty);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.properties().keySet().forEach(System::clearProperty);
        server.close();
    }
}
