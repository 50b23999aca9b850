package io.walpost.billing.lambda;

import io.walpost.consumer.testing.BindingContract;
import io.walpost.consumer.testing.RunningConsumer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The real function.zip under Lambda's own runtime, and a poller that does what the event source mapping does. */
class LambdaContractIT extends BindingContract {

    private static final Path ZIP = Path.of("target", "function.zip");
    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    private static final String MARGIN = "4s";

    @TempDir
    static Path folder;

    @Override
    protected RunningConsumer start(String group, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(QUICK);
        all.put("walpost.consumer.lambda.margin", MARGIN);
        all.putAll(settings);
        Map<String, String> environment = new HashMap<>(environment());
        all.forEach((property, value) ->
                environment.put(property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return new MappedFunction(
                new LambdaFunction(ZIP, Files.createTempDirectory(folder, "function"), TIMEOUT, environment),
                kafka.bootstrapServers(),
                group,
                TOPIC);
    }
}
