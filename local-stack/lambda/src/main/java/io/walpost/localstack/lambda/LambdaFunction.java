package io.walpost.localstack.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import io.walpost.localstack.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * A function as Lambda runs it: a process with Lambda's own runtime in the unpacked function.zip, started when it is
 * needed, ended when its time is over, and replaced after it has ended. Handles one invocation at a time.
 */
public final class LambdaFunction implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Those of Lambda's managed runtime for a function with half a gigabyte. */
    private static final List<String> JVM =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private final FunctionCode code;
    private final Path log;
    private final Duration timeout;
    private final Map<String, String> environment;
    private RuntimeApi api;
    private volatile GuardedProcess process;

    /**
     * @param zip the function.zip
     * @param folder an empty folder to work in
     * @param timeout how long an invocation may take
     * @param environment the function's settings
     */
    public LambdaFunction(Path zip, Path folder, Duration timeout, Map<String, String> environment) throws IOException {
        this(FunctionCode.unpack(zip, folder.resolve("task")), folder.resolve("function.log"), timeout, environment);
    }

    /**
     * Several functions may share their code: as Lambda runs one function as often at once as it is invoked.
     *
     * @param log the file that its processes write to; its folder must exist
     */
    public LambdaFunction(FunctionCode code, Path log, Duration timeout, Map<String, String> environment) {
        this.code = code;
        this.log = log;
        this.timeout = timeout;
        this.environment = new HashMap<>(environment);
    }

    /** Invokes the function as soon as it has started, from when on its time counts, and waits for its answer or its end. */
    public synchronized Answer invoke(String event) {
        if (process == null || !process.running()) {
            start(Map.of());
        }
        RuntimeApi.Invocation invocation = api.invoke(event, timeout);
        Instant startLimit = Instant.now().plus(START_LIMIT);
        while (true) {
            try {
                return invocation.answer().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (!process.running()) {
                    return new Answer.Ended("the process ended");
                }
                if (Instant.now().isAfter(invocation.deadline().getNow(startLimit))) {
                    process.kill();
                    return new Answer.Ended("the invocation timed out");
                }
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("The invocation cannot be waited for", e);
            }
        }
    }

    /** Initializes the function up to its snapshot; nothing of it goes on until {@link #restore}. */
    public synchronized void initializeForSnapshot() {
        start(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
        api.initialized.orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    public synchronized void restore() {
        api.restored.complete(null);
    }

    /** Ends its process as {@code kill -9} does, whatever it is about to do. Waits for no invocation. */
    public void kill() {
        process.kill();
    }

    /** Freezes its process, as Lambda does between two invocations; in here an invocation may be under way, too. */
    public void freeze() {
        process.pause();
    }

    public void thaw() {
        process.resume();
    }

    /** How much time of a processor its process has used up. It must run. */
    public Duration processorTime() {
        return ProcessHandle.of(process.pid())
                .flatMap(running -> running.info().totalCpuDuration())
                .orElseThrow();
    }

    /** Everything that its processes wrote. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Where the function.zip is unpacked, and the function runs. Lambda does not let a function write there. */
    public Path folder() {
        return code.folder();
    }

    private void start(Map<String, String> special) {
        if (api != null) {
            api.close();
        }
        try {
            api = new RuntimeApi();
            Map<String, String> all = new HashMap<>(environment);
            all.putAll(special);
            all.put("AWS_LAMBDA_RUNTIME_API", api.address());
            all.put("AWS_LAMBDA_FUNCTION_NAME", "test");
            all.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
            all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
            all.put("LAMBDA_TASK_ROOT", code.folder().toString());
            process = GuardedProcess.start(command(), all, log);
        } catch (IOException e) {
            throw new IllegalStateException("The function cannot be started", e);
        }
    }

    /** In the folder of the function, which is where the runtime looks for it. */
    private List<String> command() {
        List<String> java = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        JVM.stream(),
                        Stream.of(
                                "-cp",
                                runtime(),
                                AWSLambda.class.getName(),
                                "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest"))
                .flatMap(part -> part)
                .toList();
        return Stream.concat(
                        Stream.of(
                                "sh",
                                "-c",
                                "cd \"$0\" && exec \"$@\"",
                                code.folder().toString()),
                        java.stream())
                .toList();
    }

    /** The jars of the runtime, and no others: everything else has to be in the function.zip. */
    private static String runtime() {
        return Stream.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(LambdaFunction::jarOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
        if (api != null) {
            api.close();
        }
    }
}
