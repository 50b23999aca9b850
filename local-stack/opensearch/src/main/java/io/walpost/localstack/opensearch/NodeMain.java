package io.walpost.localstack.opensearch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * An OpenSearch node that is its whole cluster.
 *
 * <p>Argument: its home, whose folder {@code config} has its {@code opensearch.yml}. It ends in good order upon SIGTERM.
 */
public final class NodeMain {

    private static final String NAME = "local";
    private static final long CLOSE_SECONDS = 10;

    private NodeMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: NodeMain <home>");
            System.exit(2);
        }
        Settings home = Settings.builder().put("path.home", args[0]).build();
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(home, Map.of(), Path.of(args[0], "config"), () -> NAME);
        LocalNode node = new LocalNode(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close"));
        node.start();
        // All of the node's own threads are daemons.
        new CountDownLatch(1).await();
    }

    private static void close(Node node) {
        try {
            node.close();
            node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            e.printStackTrace();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only a subclass may name plugins that are on the class path. */
    private static final class LocalNode extends Node {

        LocalNode(Environment environment) {
            super(environment, List.of(http()), true);
        }

        private static PluginInfo http() {
            String name = Netty4ModulePlugin.class.getName();
            return new PluginInfo(
                    name, "HTTP and transport", "NA", Version.CURRENT, "21", name, null, List.of(), false);
        }
    }
}
