package io.walpost.localstack;

import java.util.List;

/** What every Redis server here is started with. */
final class RedisSettings {

    private RedisSettings() {}

    static List<String> arguments() {
        return List.of(
                "--appendonly",
                "yes",
                // Written before the answer is sent, but not forced to the disk: it is the process that is killed, and
                // not
                // the machine. With "everysec" a write may come up to two seconds after the answer.
                "--appendfsync",
                "no",
                "--save",
                "");
    }
}
