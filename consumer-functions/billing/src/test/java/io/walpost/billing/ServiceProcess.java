package io.walpost.billing;

import static org.awaitility.Awaitility.await;

import io.walpost.consumer.testing.FunctionProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Starts the packaged service. */
final class ServiceProcess {

    private ServiceProcess() {}

    /** Returns when it is ready. */
    static FunctionProcess start(Map<String, String> environment, Map<String, String> settings) throws IOException {
        FunctionProcess process = new FunctionProcess(
                "billing",
                environment,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
        await().atMost(Duration.ofMinutes(2)).until(process::ready);
        return process;
    }
}
