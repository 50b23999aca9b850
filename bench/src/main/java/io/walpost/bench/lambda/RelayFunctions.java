package io.walpost.bench.lambda;

import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import io.walpost.bench.site.Site;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.FunctionCode;
import io.walpost.localstack.lambda.LambdaFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Functions of the packaged relay, one for each execution environment. */
final class RelayFunctions {

    private static final String SCHEDULED = "{}";

    private final Site site;
    private final FunctionCode code;
    private int count;

    /** @param root the tree in which the function is packaged */
    RelayFunctions(Site site, Path root) {
        this.site = site;
        Path zip = root.resolve("relay-function/lambda/target/function.zip");
        if (Files.notExists(zip)) {
            throw new BenchException(zip + " is missing. Run bench/run, which builds it.");
        }
        try {
            this.code = FunctionCode.unpack(zip, site.folder().resolve("function"));
        } catch (IOException e) {
            throw new BenchException("Cannot unpack " + zip + ": " + e.getMessage(), e);
        }
    }

    /** How much it takes, unpacked. */
    long bytes() {
        try (var files = Files.walk(code.folder())) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new BenchException("Cannot read " + code.folder() + ": " + e.getMessage(), e);
        }
    }

    /** One that has not been started. */
    LambdaFunction make(String slot, Duration timeout, Map<String, String> settings) {
        OutboxDatabase database = site.database();
        Map<String, String> environment = new HashMap<>(Map.of(
                "WALPOST_RELAY_POSTGRES_URL", database.jdbcUrl(),
                "WALPOST_RELAY_POSTGRES_USER", database.user(),
                "WALPOST_RELAY_POSTGRES_PASSWORD", database.password(),
                "WALPOST_RELAY_SLOT", slot,
                "WALPOST_RELAY_PUBLICATION", OutboxDatabase.PUBLICATION,
                "WALPOST_RELAY_TABLES", OutboxDatabase.TABLE,
                "KAFKA_BOOTSTRAP_SERVERS", site.bootstrapServers()));
        environment.putAll(settings);
        count++;
        return new LambdaFunction(code, site.folder().resolve("function" + count + ".log"), timeout, environment);
    }

    /** @throws BenchException if the function fails */
    static void invoke(LambdaFunction function) {
        if (!(function.invoke(SCHEDULED) instanceof Answer.Success)) {
            throw new BenchException("An invocation failed");
        }
    }
}
