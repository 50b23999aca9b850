package io.walpost.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walpost.consumer.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Makes, finds and switches the indices of orders. Each is named after the alias and a number, {@code orders-1}; the alias
 * names the one that is written to and searched.
 */
public final class IndexAdmin {

    private static final String DEFINITION = "/orders-index.json";
    private static final JsonMapper JSON = new JsonMapper();

    private final OpenSearch search;
    private final String alias;
    private final Pattern numbered;

    IndexAdmin(OpenSearch search, String alias) {
        this.search = search;
        this.alias = alias;
        this.numbered = Pattern.compile(Pattern.quote(alias) + "-(\\d{1,9})");
    }

    public String alias() {
        return alias;
    }

    /** Names the index that a rebuild is filling: there is one at most, and nobody has to remember which. */
    public String rebuildAlias() {
        return alias + "-rebuild";
    }

    /**
     * Makes the first index with its alias, unless the alias exists.
     *
     * @return whether it was made
     * @throws IndexException if something else has the name
     */
    public boolean createIfAbsent() throws IndexException, SinkException, InterruptedException {
        return createIfAbsent(search.together());
    }

    boolean createIfAbsent(Requests requests) throws IndexException, SinkException, InterruptedException {
        if (!behind(requests, alias).isEmpty()) {
            return false;
        }
        try {
            create(requests, next(requests), alias);
            return true;
        } catch (IndexException e) {
            // Another instance may have been quicker.
            if (!behind(requests, alias).isEmpty()) {
                return false;
            }
            throw e;
        }
    }

    /** The indices that an alias names; none if there is no such alias. */
    public List<String> behind(String name) throws SinkException, InterruptedException {
        return behind(search.together(), name);
    }

    private static List<String> behind(Requests requests, String name) throws SinkException, InterruptedException {
        Answer answer = requests.send("GET", "/_alias/" + name);
        if (answer.isNotFound()) {
            return List.of();
        }
        return names(answer.orThrow("Looking for the alias " + name).body());
    }

    /** The name for one index more. */
    public String next() throws SinkException, InterruptedException {
        return next(search.together());
    }

    private String next(Requests requests) throws SinkException, InterruptedException {
        Answer answer = requests.send("GET", "/" + alias + "-*/_alias?expand_wildcards=all");
        int last = names(answer.orThrow("Looking for indices").body()).stream()
                .map(numbered::matcher)
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .max()
                .orElse(0);
        return alias + "-" + (last + 1);
    }

    /** Makes an index with the mapping of orders, and an alias with it. */
    public void create(String index, String itsAlias) throws IndexException, SinkException, InterruptedException {
        create(search.together(), index, itsAlias);
    }

    private static void create(Requests requests, String index, String itsAlias)
            throws IndexException, SinkException, InterruptedException {
        ObjectNode definition = definition();
        definition.putObject("aliases").putObject(itsAlias);
        Answer answer = requests.send("PUT", "/" + index, definition.toString().getBytes(UTF_8));
        if (answer.isBadRequest()) {
            throw new IndexException("OpenSearch does not make the index " + index + " with the alias " + itsAlias
                    + ": " + answer.error() + ". Remove whatever else has one of these names.");
        }
        answer.orThrow("Making the index " + index);
    }

    /**
     * From one instant to the next the alias names another index.
     *
     * @throws IndexException if meanwhile it names another than the old one, or cannot name the new one
     */
    public void switchAlias(String from, String to) throws IndexException, SinkException, InterruptedException {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode actions = request.putArray("actions");
        actions.addObject()
                .putObject("remove")
                .put("index", from)
                .put("alias", alias)
                .put("must_exist", true);
        actions.addObject().putObject("add").put("index", to).put("alias", alias);
        Answer answer = search.send("POST", "/_aliases", request.toString().getBytes(UTF_8));
        if (answer.isNotFound()) {
            throw new IndexException("The alias " + alias + " does not name " + from
                    + " any more: somebody else has switched it. Nothing was changed.");
        }
        if (answer.isBadRequest()) {
            throw new IndexException("OpenSearch does not have the alias " + alias + " name " + to + ": "
                    + answer.error() + ". Nothing was changed.");
        }
        answer.orThrow("Switching the alias " + alias);
    }

    /** Does nothing if the index does not have it. */
    public void removeRebuildAlias(String index) throws SinkException, InterruptedException {
        Answer answer = search.send("DELETE", "/" + index + "/_alias/" + rebuildAlias());
        if (!answer.isNotFound()) {
            answer.orThrow("Removing an alias of " + index);
        }
    }

    /** Removes an index with all that is in it. Does nothing if there is none. */
    public void delete(String index) throws SinkException, InterruptedException {
        search.send("DELETE", "/" + index + "?ignore_unavailable=true").orThrow("Removing the index " + index);
    }

    /** Lets all that was written be found. */
    public void refresh(String index) throws SinkException, InterruptedException {
        search.send("POST", "/" + index + "/_refresh").orThrow("Refreshing the index " + index);
    }

    private static List<String> names(JsonNode indices) {
        return StreamSupport.stream(((Iterable<String>) indices::fieldNames).spliterator(), false)
                .toList();
    }

    private static ObjectNode definition() {
        try (InputStream in = IndexAdmin.class.getResourceAsStream(DEFINITION)) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + DEFINITION + " is not readable", e);
        }
    }
}
