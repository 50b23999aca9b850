package io.walpost.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.walpost.aws.testing.AwsExtension;
import io.walpost.aws.testing.SecretsManagerServer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

class DatabaseTokenTest {

    private static final String HOST = "orders.abc.eu-central-1.rds.amazonaws.com";
    private static final String URL =
            "jdbc:postgresql://" + HOST + ":5433/orders?ApplicationName=a&sslmode=verify-full";
    private static final Pattern DATE = Pattern.compile("X-Amz-Date=(\\w+)");

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    @Test
    void isTheOneThatRdsItselfWouldMake() throws CredentialsException {
        RdsUtilities rds = RdsUtilities.builder()
                .region(Region.of(SecretsManagerServer.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(SecretsManagerServer.ACCESS_KEY, SecretsManagerServer.SECRET_KEY)))
                .build();
        String theirs;
        String ours;
        do {
            theirs = rds.generateAuthenticationToken(
                    token -> token.hostname(HOST).port(5433).username("the relay"));
            ours = DatabaseToken.of(URL, "the relay").create();
        } while (!date(theirs).equals(date(ours)));

        assertThat(ours.split("[?&]")).containsExactlyInAnyOrder(theirs.split("[?&]"));
    }

    @Test
    void isNewForEachConnection() throws CredentialsException {
        Instant first = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(date(at(first))).isEqualTo("20260301T120000Z");
        assertThat(date(at(first.plusSeconds(900)))).isEqualTo("20260301T121500Z");
        assertThat(at(first)).contains("X-Amz-Expires=900").startsWith(HOST + ":5433/?");
    }

    @Test
    void isAskedOfNobody() throws CredentialsException {
        at(Instant.now());

        assertThat(aws.server().requests()).isEmpty();
    }

    @Test
    void carriesTheSessionOfARole() throws CredentialsException {
        System.setProperty("aws.sessionToken", "of the role");
        try {
            assertThat(at(Instant.now())).contains("X-Amz-Security-Token=of%20the%20role");
        } finally {
            System.clearProperty("aws.sessionToken");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/orders",
                "jdbc:postgresql://db/orders?sslmode=prefer",
                "jdbc:postgresql://db/orders?sslmode=verify-full&sslmode=disable",
            })
    void refusesAConnectionThatMayNotBeEncrypted(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseToken.of(url, "relay"))
                .withMessageContaining("the URL must say sslmode=verify-full");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://a,b/orders?sslmode=require&password=hidden",
                "jdbc:postgresql:orders?password=hidden",
                "jdbc:postgresql://db/or ders?password=hidden",
            })
    void refusesAUrlWithoutOneHost(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseToken.of(url, "relay"))
                .withMessageStartingWith("IAM database authentication needs a URL with one host")
                .withMessageNotContaining("hidden")
                .withNoCause();
    }

    @Test
    void saysThatThereIsNoRegion() {
        assumeThat(System.getenv("AWS_REGION")).isNull();
        System.clearProperty("aws.region");
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.configFile", "/dev/null");
        try {
            assertThatThrownBy(() -> at(Instant.now()))
                    .isInstanceOfSatisfying(CredentialsException.class, failure -> assertThat(failure.hint())
                            .contains("AWS_REGION"))
                    .hasMessageStartingWith("No token could be made for relay at " + HOST);
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
            System.clearProperty("aws.configFile");
        }
    }

    private static String at(Instant time) throws CredentialsException {
        return DatabaseToken.of(URL, "relay", Clock.fixed(time, ZoneOffset.UTC)).create();
    }

    private static String date(String token) {
        Matcher matcher = DATE.matcher(token);
        assertThat(matcher.find()).as("a date").isTrue();
        return matcher.group(1);
    }
}
