package io.walpost.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.aws.testing.AwsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WarmUpTest {

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    @Test
    void asksNobodyAndLeavesNothingBehind() throws CredentialsException {
        WarmUp.secrets();
        WarmUp.tokens();
        assertThat(aws.server().requests()).isEmpty();

        aws.server().put("orders/relay", "a password");
        assertThat(new Secret("orders/relay").current().password()).isEqualTo("a password");
    }
}
