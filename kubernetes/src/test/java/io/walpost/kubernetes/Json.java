package io.walpost.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Objects as the fields that are written of them. */
final class Json {

    private Json() {}

    /** The names of the fields that have a value. */
    static Set<String> fields(Object model) {
        Set<String> names = new TreeSet<>();
        new ObjectMapper().convertValue(model, Map.class).forEach((name, value) -> {
            if (value != null && !List.of().equals(value) && !Map.of().equals(value)) {
                names.add((String) name);
            }
        });
        return names;
    }
}
