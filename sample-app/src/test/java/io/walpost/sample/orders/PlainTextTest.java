package io.walpost.sample.orders;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class PlainTextTest {

    /** Letters of other scripts, an emoji of three joined by ZWJ, a flag of tag characters, a joiner between letters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ada ",
                "Åsa e\u0301",
                "李小龍",
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "می\u200Cخواهم",
                "\u05D0\u200F!",
                "no\u00A0break"
            })
    void keepsWhatPeopleWrite(String customer) {
        place(customer).then().statusCode(201).body("customer", equalTo(customer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000",
                "a\n",
                "a\r",
                "a\u001B[31m",
                "a\u007F",
                "a\u0085",
                "a\u009B",
                "a\u2028",
                "a\u2029",
                "a\u202Eb",
                "a\u2066b",
                "a\uD83D"
            })
    void refusesWhatIsNotOneLineOfText(String customer) {
        place(customer)
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("customer"))
                .body("violations.message", hasItem("must be one line of text without control characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00A0", "\u3000", "\u200B", "\u200D\uFEFF", "\u0301"})
    void refusesWhatShowsNothing(String customer) {
        place(customer).then().statusCode(400).body("violations.message", hasItem("must not be blank"));
    }

    /** Escaped, because half of a character cannot be sent in another way. */
    private static Response place(String customer) {
        StringBuilder escaped = new StringBuilder();
        customer.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        return OrderApi.post("/orders", OrderApi.BOOKS.replace("ada", escaped));
    }
}
