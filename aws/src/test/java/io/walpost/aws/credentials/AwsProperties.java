package io.walpost.aws.credentials;

import io.walpost.aws.testing.SecretsManagerServer;

/** Makes the SDK of this JVM ask a server of the test, until it is closed. */
final class AwsProperties implements AutoCloseable {

    private final SecretsManagerServer server;

    AwsProperties(SecretsManagerServer server) {
        this.server = server;
        server.properties().forEach(System::setProperty);
    }

    @Override
    public void close() {
        server.properties().keySet().forEach(System::clearProperty);
    }
}
