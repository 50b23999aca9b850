package io.walpost.demo.stage;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalOpenSearch;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.LocalRedis;
import io.walpost.localstack.LocalServer;
import java.util.ArrayList;
import java.util.List;

/** The servers of a stage. Those that its plan does not need are never started. */
public final class Servers {

    private final LocalPostgres postgres;
    private final LocalPostgres billingPostgres;
    private final LocalKafka kafka;
    private final LocalRedis redis;
    private final LocalOpenSearch openSearch;
    private final StagePlan plan;

    Servers(StagePlan plan, StageFolder folder, Ports ports) {
        this.plan = plan;
        postgres = LocalPostgres.at(folder.postgres(), ports.postgres());
        billingPostgres =
                plan.billingApart() ? LocalPostgres.at(folder.billingPostgres(), ports.billingPostgres()) : postgres;
        kafka = LocalKafka.at(folder.kafka(), ports.kafka());
        redis = LocalRedis.at(folder.redis(), ports.redis());
        openSearch = LocalOpenSearch.at(folder.openSearch(), ports.openSearch());
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    /** Where billing's database is: the same server, unless the plan has it apart. */
    public LocalPostgres billingPostgres() {
        return billingPostgres;
    }

    public LocalKafka kafka() {
        return kafka;
    }

    public LocalRedis redis() {
        return redis;
    }

    public LocalOpenSearch openSearch() {
        return openSearch;
    }

    /** Where a consumer's effects are. */
    public LocalServer sink(ConsumerFunction function) {
        return switch (function) {
            case BILLING -> billingPostgres;
            case CACHE_INVALIDATION -> redis;
            case SEARCH -> openSearch;
        };
    }

    /** The servers that hold databases. */
    List<LocalPostgres> databases() {
        return plan.billingApart() ? List.of(postgres, billingPostgres) : List.of(postgres);
    }

    /** Those that the plan needs. */
    List<LocalServer> all() {
        List<LocalServer> all = new ArrayList<>(databases());
        all.add(kafka);
        if (plan.has(ConsumerFunction.CACHE_INVALIDATION)) {
            all.add(redis);
        }
        if (plan.has(ConsumerFunction.SEARCH)) {
            all.add(openSearch);
        }
        return all;
    }
}
