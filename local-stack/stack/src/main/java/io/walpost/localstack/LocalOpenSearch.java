package io.walpost.localstack;

import java.nio.file.Path;

/**
 * One OpenSearch node that is its whole cluster, without passwords. A document that it acknowledged survives
 * {@link #kill}, because its translog is written to disk before the answer.
 */
public sealed interface LocalOpenSearch extends LocalServer permits OpenSearchProcess, OpenSearchContainer {

    /** A node with a fixed folder and port. The folder is made at the first start. */
    static LocalOpenSearch at(Path dataFolder, int port) {
        return in(DataFolder.permanent(dataFolder), port);
    }

    /** A node in a temporary folder and on a free port. Closing it removes the folder. */
    static LocalOpenSearch temporary() {
        return in(DataFolder.temporary("opensearch"), Ports.free());
    }

    private static LocalOpenSearch in(DataFolder folder, int port) {
        return switch (Backend.current()) {
            case PROCESSES -> new OpenSearchProcess(folder, port);
            case CONTAINERS -> new OpenSearchContainer(folder, port);
        };
    }

    /** Where its HTTP API is. */
    default String url() {
        return "http://127.0.0.1:" + port();
    }
}
