package io.walpost.relay.route;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How events become records.
 *
 * @param source the header {@code ce_source}, a URI reference that is not empty
 * @param contentType the header {@code content-type} of payloads that are not JSON by their column's type; empty for
 *     {@code application/json} where they are text and {@code application/octet-stream} where they are bytes
 */
public record RoutingSettings(
        String source,
        TopicRouting topics,
        HeaderProfile profile,
        RecordTimestamp timestamp,
        Optional<String> contentType) {

    /** RFC 9110, section 8.3.1: a type, a subtype, and parameters, which are not looked into. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+( *;[ -~]*)?");

    /** @throws IllegalArgumentException naming the setting that is wrong, and what it should be */
    public RoutingSettings {
        contentType.ifPresent(type -> {
            if (!MEDIA_TYPE.matcher(type).matches()) {
                throw new IllegalArgumentException("walpost.relay.headers.content-type '" + type
                        + "' is no media type; write it as in application/avro");
            }
        });
    }

    /** All as it is when nothing else is configured. */
    public static RoutingSettings of(String source) {
        return new RoutingSettings(
                source, TopicRouting.byDefault(), HeaderProfile.BOTH, RecordTimestamp.PUBLISH, Optional.empty());
    }
}
