package io.walpost.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @Test
    void isWhatRdsWrites() {
        assertThat(Login.parse("""
                {"engine":"postgres","port":5432,"tags":{"password":"of something else"},"username":"relay",
                 "password":"a\\u0020\\"pass\\"word"}"""))
                .contains(new Login(Optional.of("relay"), "a \"pass\"word"));
        assertThat(Login.parse("{\"password\":\"x\"}")).contains(new Login(Optional.empty(), "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "{not json", "\"quoted\"", "12345", "{\"password\":\"x\"} and more", "[1]", " a "})
    void isAPasswordAsItStandsOtherwise(String text) {
        assertThat(Login.parse(text)).contains(new Login(Optional.empty(), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"username\":\"relay\"}", "{\"password\":12}", "{\"password\":null}"})
    void isNothingWithoutAPassword(String text) {
        assertThat(Login.parse(text)).isEmpty();
    }

    @Test
    void doesNotTellItsPassword() {
        assertThat(new Login(Optional.of("relay"), "hidden")).hasToString("Login[relay]");
        assertThat(new Login(Optional.empty(), "hidden")).hasToString("Login[(no user)]");
    }
}
