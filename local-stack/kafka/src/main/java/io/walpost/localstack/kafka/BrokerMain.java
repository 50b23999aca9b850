package io.walpost.localstack.kafka;

import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * A Kafka broker and its KRaft controller in one process.
 *
 * <p>Arguments: the broker's {@code server.properties} and the cluster id. Storage that is not formatted yet is
 * formatted with that id; storage that is stays as it is, which makes a restart resume.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("Usage: BrokerMain <server.properties> <cluster id>");
            System.exit(2);
        }
        String config = args[0];
        String clusterId = args[1];
        int status = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "--config", config, "--cluster-id", clusterId},
                System.out);
        if (status != 0) {
            System.exit(status);
        }
        Kafka.main(new String[] {config});
    }
}
