package io.walpost.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretValueTest {

    @Test
    void isWhatRdsWrites() {
        assertThat(SecretValue.parse("""
                {"engine":"postgres","port":5432,"tags":{"password":"of something else"},"username":"relay",
                 "password":"a\\u0020\\"pass\\"word"}""")).contains(new SecretValue(Optional.of("relay"), "a \"pass\"word"));
        assertThat(SecretValue.parse("{\"password\":\"x\"}")).contains(new SecretValue(Optional.empty(), "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"secret", "{not json", "\"quoted\"", "12345", "{\"password\":\"x\"} and more", "[1]", " a "})
    void isAPasswordAsItStandsOtherwise(String text) {
        assertThat(SecretValue.parse(text)).contains(new SecretValue(Optional.empty(), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"username\":\"relay\"}", "{\"password\":12}", "{\"password\":null}"})
    void isNothingWithoutAPassword(String text) {
        assertThat(SecretValue.parse(text)).isEmpty();
    }

    @Test
    void doesNotTellItsPassword() {
        assertThat(new SecretValue(Optional.of("relay"), "hidden")).hasToString("SecretValue[relay]");
        assertThat(new SecretValue(Optional.empty(), "hidden")).hasToString("SecretValue[(no user)]");
    }
}
