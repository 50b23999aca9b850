package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class BackendTest {

    private static final BooleanSupplier ENGINE_ANSWERS = () -> true;
    private static final BooleanSupplier NO_ENGINE = () -> false;
    private static final BooleanSupplier NOT_ASKED = () -> {
        throw new AssertionError("Docker is looked for only when it is wanted");
    };

    @Test
    void runsProcessesUnlessToldOtherwise() {
        assertThat(Backend.of(null, NOT_ASKED)).isEqualTo(Backend.PROCESSES);
        assertThat(Backend.of("", NOT_ASKED)).isEqualTo(Backend.PROCESSES);
        assertThat(Backend.of("processes", NOT_ASKED)).isEqualTo(Backend.PROCESSES);
    }

    @Test
    void runsContainersWhereAnEngineAnswers() {
        assertThat(Backend.of("containers", ENGINE_ANSWERS)).isEqualTo(Backend.CONTAINERS);
    }

    @Test
    void saysThatNoEngineAnswers() {
        assertThatThrownBy(() -> Backend.of("containers", NO_ENGINE))
                .isInstanceOf(LocalStackException.class)
                .hasMessage("WALPOST_STACK=containers is set, but no Docker engine answers."
                        + " Start one, or unset the variable to run the servers as plain processes.");
    }

    @Test
    void refusesAnyOtherValue() {
        assertThatThrownBy(() -> Backend.of("podman", NOT_ASKED))
                .isInstanceOf(LocalStackException.class)
                .hasMessage("WALPOST_STACK=podman is not known. Set it to containers or processes, or unset it.");
    }

    @Test
    void namesBrokerPropertiesAsTheImageWantsThem() {
        assertThat(KafkaContainer.variable("broker.session.timeout.ms")).isEqualTo("KAFKA_BROKER_SESSION_TIMEOUT_MS");
    }
}
