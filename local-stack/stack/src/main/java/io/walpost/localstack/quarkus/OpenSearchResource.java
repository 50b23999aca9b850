package io.walpost.localstack.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.walpost.localstack.LocalOpenSearch;
import java.util.Map;

/** OpenSearch for the application under test. The init argument {@code setting} names the setting that wants its URL. */
public final class OpenSearchResource implements QuarkusTestResourceLifecycleManager {

    private final LocalOpenSearch search = LocalOpenSearch.temporary();
    private String setting;

    @Override
    public void init(Map<String, String> arguments) {
        setting = arguments.get("setting");
        if (setting == null) {
            throw new IllegalArgumentException("OpenSearchResource needs the init argument 'setting'");
        }
    }

    @Override
    public Map<String, String> start() {
        search.start();
        return Map.of(setting, search.url());
    }

    /** Gives the node to test fields of the type {@link LocalOpenSearch}, for tests that kill it. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(search, new TestInjector.MatchesType(LocalOpenSearch.class));
    }

    @Override
    public void stop() {
        search.close();
    }
}
