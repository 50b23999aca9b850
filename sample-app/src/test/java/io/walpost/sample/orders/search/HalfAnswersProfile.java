package io.walpost.sample.orders.search;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.walpost.localstack.quarkus.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The service as it ships, before an index that sends half of its answers. */
public class HalfAnswersProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(PostgresResource.class, Map.of("database", "orders")),
                new TestResourceEntry(Index.class));
    }

    /** The index. */
    public static final class Index implements QuarkusTestResourceLifecycleManager {

        private HalfAnswers answers;

        @Override
        public Map<String, String> start() {
            try {
                answers = new HalfAnswers();
                return Map.of("orders.search.url", answers.url());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            try {
                answers.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
