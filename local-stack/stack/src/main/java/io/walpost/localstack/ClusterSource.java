package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Path;

/** Where the data of a new PostgreSQL server comes from. */
@FunctionalInterface
interface ClusterSource {

    /**
     * Makes a cluster's data.
     *
     * @param data where it is to be; does not exist yet
     * @param folder the server's folder, for its log and for what is needed meanwhile
     */
    void create(Path data, DataFolder folder) throws IOException, InterruptedException;
}
