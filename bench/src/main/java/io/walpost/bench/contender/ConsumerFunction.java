package io.walpost.bench.contender;

import io.walpost.bench.orders.Rules;
import io.walpost.bench.sink.Sink;
import io.walpost.bench.site.BenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A consumer function as it is packaged.
 *
 * @param jar its {@code quarkus-run.jar}
 * @param rules what it does with events that are not simply applied
 * @param sink where its effects are
 */
public record ConsumerFunction(String id, String label, Path jar, Rules rules, Sink.Kind sink) implements Contender {

    public ConsumerFunction {
        if (Files.notExists(jar)) {
            throw new BenchException(jar + " is missing. Run bench/run, which builds it.");
        }
    }

    /** @param settings environment variables that say where its topic and its sink are */
    Launch launch(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_PORT", "0");
        return new Launch(
                List.of(
                        Jvm.java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-jar",
                        jar.toString()),
                environment);
    }
}
