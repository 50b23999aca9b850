package io.walpost.localstack;

import org.testcontainers.containers.GenericContainer;

/** An OpenSearch node in a container. */
final class OpenSearchContainer extends ContainerServer implements LocalOpenSearch {

    private static final String IMAGE = "opensearchproject/opensearch:3.5.0";
    private static final int CONTAINER_PORT = 9200;

    private final OpenSearchClient client = new OpenSearchClient(this);

    OpenSearchContainer(DataFolder folder, int port) {
        super("OpenSearch", folder, port, CONTAINER_PORT, container());
    }

    private static GenericContainer<?> container() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv("OPENSEARCH_JAVA_OPTS", "-Xms384m -Xmx384m")
                // Without them the image wants a password and makes certificates.
                .withEnv("DISABLE_SECURITY_PLUGIN", "true")
                .withEnv("DISABLE_INSTALL_DEMO_CONFIG", "true");
        NodeSettings.promised().forEach(container::withEnv);
        return container;
    }

    @Override
    boolean answers() {
        return client.answers();
    }
}
