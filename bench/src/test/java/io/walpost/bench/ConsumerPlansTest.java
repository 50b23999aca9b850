package io.walpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.bench.measure.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerPlansTest {

    @TempDir
    private Path root;

    private ConsumerPlans plans;

    @BeforeEach
    void packageAll() throws Exception {
        packaged("relay-function/service", "relay.sh");
        for (String function : new String[] {Contenders.BILLING, Contenders.CACHE, Contenders.SEARCH}) {
            packaged("consumer-functions/" + function, "quarkus-run.jar");
        }
        plans = new ConsumerPlans(new Contenders(root, root));
    }

    private void packaged(String module, String file) throws Exception {
        Path folder = Files.createDirectories(root.resolve(module).resolve("target/quarkus-app"));
        Files.createFile(folder.resolve(file));
    }

    @Test
    void everyFormHasEveryScenarioAndEveryFunction() {
        for (Plan plan : new Plan[] {plans.full(3), plans.quick(1)}) {
            assertThat(plan.entries())
                    .extracting(entry -> entry.scenario().id())
                    .containsExactlyElementsOf(ConsumerPlans.SCENARIOS);
            assertThat(plan.trials()).isEqualTo(plan.rounds() * 3 * ConsumerPlans.SCENARIOS.size());
        }
    }

    @Test
    void everyTargetIsAboutFiguresOfTheFullForm() {
        Plan plan = plans.full(1);
        assertThat(Targets.CONSUMERS).allSatisfy(target -> assertThat(plan.entries())
                .filteredOn(entry -> entry.scenario().id().equals(target.mine().scenario()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.turns())
                        .extracting(turn -> turn.contender().id())
                        .contains(target.mine().contender())));
    }
}
