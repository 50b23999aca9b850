package io.walpost.localstack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Redis server as a child process. */
final class RedisProcess extends ChildServer implements LocalRedis {

    private final RedisClient client = new RedisClient(this);

    RedisProcess(DataFolder folder, int port) {
        super("Redis", folder, port, "TERM");
    }

    @Override
    void prepare(DataFolder folder) {
        // The server makes its file itself, in the folder that it is told.
    }

    @Override
    List<String> command(DataFolder folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                RedisPrograms.server(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port()),
                "--dir",
                folder.path().toString()));
        command.addAll(RedisSettings.arguments());
        return command;
    }

    @Override
    boolean answers() {
        return client.answers();
    }

    @Override
    public String command(String... words) {
        return client.command(words);
    }

    @Override
    public void requirePassword(String password) {
        client.requirePassword(password);
    }
}
