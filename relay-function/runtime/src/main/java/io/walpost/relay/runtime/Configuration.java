package io.walpost.relay.runtime;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.WalBudget;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is configured, from the same sources as in any Quarkus application: system properties, the environment, and
 * {@code config/application.properties}; read without starting Quarkus, which takes longer than most commands.
 */
public final class Configuration {

    private static final String KAFKA = "kafka.";

    /** As SmallRye Config says that a value is none of its type. */
    private static final Pattern CONVERSION = Pattern.compile(
            "(?:[\\w.]+: )?SRCFG\\d+: The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (.*)",
            Pattern.DOTALL);

    private final SmallRyeConfig sources;
    private final List<Class<?>> groups;

    private Configuration(SmallRyeConfig sources, List<Class<?>> groups) {
        this.sources = sources;
        this.groups = groups;
    }

    /**
     * @param further groups of settings beside {@link RelayConfig}, whose names begin with {@code walpost.relay} too
     * @throws RelayException if a value is no number, duration or size where one is expected, naming the setting
     */
    public static Configuration load(Class<?>... further) throws RelayException {
        SmallRyeConfig sources = ConfigUtils.configBuilder().build();
        List<Class<?>> groups =
                Stream.concat(Stream.of(RelayConfig.class), Stream.of(further)).toList();
        try {
            ConfigMappings.registerConfigMappings(
                    sources, groups.stream().map(ConfigClass::configClass).collect(Collectors.toSet()));
            return new Configuration(sources, groups);
        } catch (ConfigValidationException e) {
            StringBuilder problems = new StringBuilder();
            for (int i = 0; i < e.getProblemCount(); i++) {
                problems.append(i == 0 ? "" : "\n")
                        .append(inWords(e.getProblem(i).getMessage()));
            }
            throw new RelayException(FailureKind.CONFIGURATION, problems.toString(), e);
        }
    }

    private static String inWords(String problem) {
        Matcher conversion = CONVERSION.matcher(problem);
        return conversion.matches()
                ? conversion.group(1) + " cannot be '" + conversion.group(2) + "': "
                        + conversion.group(3).replaceFirst("^SRCFG\\d+: ", "")
                : problem.replaceFirst("^SRCFG\\d+: ", "");
    }

    public RelayConfig relay() {
        return group(RelayConfig.class);
    }

    /** One of the groups of settings that it was loaded with. */
    public <T> T group(Class<T> group) {
        return sources.getConfigMapping(group);
    }

    /**
     * Loads what logging in to the database takes besides the driver, so that a function does not do so at its first
     * invocation, and has it in its snapshot. Asks nobody and keeps nothing.
     */
    public void warmUp() {
        Login.warmUp(relay().postgres());
    }

    /** All of it, checked. */
    public Settings settings() throws RelayException {
        return checked(() -> Settings.of(relay(), kafka()));
    }

    /** What concerns the database, checked. */
    public PostgresSettings postgres() throws RelayException {
        return checked(() -> Settings.postgres(relay()));
    }

    /** What concerns Kafka, checked. */
    public ProducerSettings producer() throws RelayException {
        return checked(() -> ProducerSettings.of(kafka()));
    }

    /** What becomes of events that cannot be published, checked. */
    public PoisonPolicy poison() throws RelayException {
        return checked(
                () -> Settings.poison(relay(), ProducerSettings.of(kafka()).maxEventBytes()));
    }

    /** What the names of the events' topics begin with, as far as the template says. */
    public String topicPrefix() throws RelayException {
        return checked(() -> Settings.routing(relay()).topics().prefix());
    }

    /** What the slot may hold back, checked. */
    public WalBudget walBudget() throws RelayException {
        return checked(() -> Settings.walBudget(relay()));
    }

    /** A setting of a command that is not one of the relay's. */
    public Optional<String> get(String name) {
        return sources.getOptionalValue(name, String.class);
    }

    /** What is set and means nothing, each with the name that may have been meant. */
    public List<String> unknownNames() {
        return SettingNames.of(groups)
                .unknown(sources.getPropertyNames(), System.getenv().keySet());
    }

    /** The properties {@code kafka.*} without their prefix, those of the environment among them. */
    private Map<String, Object> kafka() {
        Map<String, Object> properties = new HashMap<>();
        for (String name : sources.getPropertyNames()) {
            String dotted =
                    name.contains(".") ? name : name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (dotted.startsWith(KAFKA)) {
                sources.getOptionalValue(dotted, String.class)
                        .ifPresent(value -> properties.put(dotted.substring(KAFKA.length()), value));
            }
        }
        return properties;
    }

    private static <T> T checked(Supplier<T> settings) throws RelayException {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new RelayException(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
    }
}
