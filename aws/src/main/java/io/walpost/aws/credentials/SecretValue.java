package io.walpost.aws.credentials;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a secret holds: a password, and whose it is if the secret says so.
 *
 * @param user empty in a secret that is nothing but a password
 */
public record SecretValue(Optional<String> user, String password) {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String USER = "username";
    private static final String PASSWORD = "password";

    /**
     * Reads a secret as RDS and the rotation functions of Secrets Manager write it, {@code {"username": …, "password": …}}.
     * What is no JSON object is a password as it stands.
     *
     * @return empty if it is an object without a password
     */
    static Optional<SecretValue> parse(String secret) {
        Map<String, String> fields;
        try {
            fields = fields(secret);
        } catch (IOException noJson) {
            return Optional.of(new SecretValue(Optional.empty(), secret));
        }
        return Optional.ofNullable(fields.get(PASSWORD))
                .map(password -> new SecretValue(Optional.ofNullable(fields.get(USER)), password));
    }

    /** The fields that are text; others, the port among them, are passed over. */
    private static Map<String, String> fields(String secret) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(secret)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new IOException("more than an object");
            }
        }
        return fields;
    }

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "SecretValue[" + user.orElse("(no user)") + "]";
    }
}
