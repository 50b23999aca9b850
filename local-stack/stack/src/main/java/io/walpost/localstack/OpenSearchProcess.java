package io.walpost.localstack;

import io.walpost.localstack.opensearch.NodeMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An OpenSearch node in a JVM of its own. */
final class OpenSearchProcess extends ChildServer implements LocalOpenSearch {

    private final OpenSearchClient client = new OpenSearchClient(this);

    OpenSearchProcess(DataFolder folder, int port) {
        super("OpenSearch", folder, port, "TERM");
    }

    @Override
    void prepare(DataFolder folder) throws IOException {
        NodeSettings.write(folder, port());
    }

    @Override
    List<String> command(DataFolder folder) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // Lucene maps its files with what JDK 22 and later open only on request.
                "--enable-native-access=ALL-UNNAMED",
                // The node's own hook logs to the end.
                "-Dlog4j.shutdownHookEnabled=false",
                "-Dlog4j2.disableJmx=true",
                "-cp",
                ServerClassPath.of("opensearch", NodeMain.class),
                NodeMain.class.getName(),
                folder.path().toString());
    }

    @Override
    boolean answers() {
        return client.answers();
    }
}
