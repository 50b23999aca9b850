package io.walpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.bench.measure.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {

    @TempDir
    private Path root;

    private Plans plans;

    @BeforeEach
    void packageARelay() throws Exception {
        Path folder = Files.createDirectories(root.resolve("relay-function/service/target/quarkus-app"));
        Files.createFile(folder.resolve("relay.sh"));
        plans = new Plans(new Contenders(root, root));
    }

    @Test
    void theFullFormHasEveryScenarioThatCanBeChosen() {
        assertThat(plans.full(3).entries())
                .extracting(entry -> entry.scenario().id())
                .containsExactlyInAnyOrderElementsOf(Plans.SCENARIOS);
    }

    @Test
    void whatIsNotWantedIsLeftOut() {
        Plan plan = plans.full(3).only(scenario -> scenario.id().equals(Plans.DRAIN_10), contender -> contender
                .id()
                .startsWith(Contenders.DEBEZIUM));
        assertThat(plan.contenders())
                .extracting(contender -> contender.id())
                .containsExactly(Contenders.DEBEZIUM, Contenders.DEBEZIUM_DEFAULT);
        assertThat(plan.trials()).as("three rounds, and one with its defaults").isEqualTo(4);
        assertThat(plan.rounds()).isEqualTo(3);
    }

    @Test
    void everyTargetIsAboutFiguresOfTheFullForm() {
        Plan plan = plans.full(1);
        assertThat(Targets.RELAY).allSatisfy(target -> assertThat(plan.entries())
                .filteredOn(entry -> entry.scenario().id().equals(target.mine().scenario()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.turns())
                        .extracting(turn -> turn.contender().id())
                        .contains(target.mine().contender())));
    }
}
