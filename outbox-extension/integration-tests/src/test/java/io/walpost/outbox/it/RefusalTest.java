package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller that catches what {@code publish} throws still cannot commit data without its event. */
@QuarkusTest
@TestProfile(KeptRows.class)
class RefusalTest {

    private static final UUID TAKEN = UUID.randomUUID();

    @Inject
    Outbox outbox;

    @Inject
    EntityManager entityManager;

    @Inject
    Careless careless;

    static Stream<Object> refused() {
        return Stream.of(
                OutboxEvent.of("item", "1", "Added", "\0"),
                OutboxEvent.of("item", "1", "Added", "x".repeat(1_000_001)),
                new OutboxEvent(TAKEN, "item", "1", "Added", Instant.now(), "{}"),
                new ItemRemoved(null, 1),
                new ItemRemoved("x".repeat(300), 1),
                "not an event",
                new Object[] {null});
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rollsTheDataBackWithTheEvent(Object event) {
        publishOnce();
        UUID item = UUID.randomUUID();

        QuarkusTransaction.begin();
        entityManager.persist(new Item(item, item.toString()));
        Throwable refusal = catchThrowable(() -> outbox.publish(event));
        boolean rollbackOnly = QuarkusTransaction.isRollbackOnly();
        Throwable commit = catchThrowable(QuarkusTransaction::commit);

        assertThat(refusal).isInstanceOf(RuntimeException.class);
        assertThat(rollbackOnly).isTrue();
        assertThat(commit).isInstanceOf(QuarkusTransactionException.class);
        assertThat(find(item)).isNull();
    }

    @Test
    void rollsBackWithoutAFurtherExceptionWhereTheMethodIsTransactional() {
        UUID item = UUID.randomUUID();

        careless.add(item);

        assertThat(find(item)).isNull();
    }

    @Test
    void leavesTheOuterTransactionOfAnInnerOneAlone() {
        UUID item = UUID.randomUUID();

        QuarkusTransaction.requiringNew().run(() -> {
            entityManager.persist(new Item(item, item.toString()));
            careless.add(UUID.randomUUID());
        });

        assertThat(find(item)).isNotNull();
    }

    private void publishOnce() {
        QuarkusTransaction.requiringNew().run(() -> {
            if (entityManager
                    .createNativeQuery("SELECT 1 FROM outboxevent WHERE id = ?1")
                    .setParameter(1, TAKEN)
                    .getResultList()
                    .isEmpty()) {
                outbox.publish(new OutboxEvent(TAKEN, "item", "1", "Added", Instant.now(), "{}"));
            }
        });
    }

    private Item find(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> entityManager.find(Item.class, id));
    }

    /** Catches everything. */
    @Singleton
    static class Careless {

        @Inject
        Outbox outbox;

        @Inject
        EntityManager entityManager;

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        void add(UUID item) {
            entityManager.persist(new Item(item, item.toString()));
            catchThrowable(() -> outbox.publish(OutboxEvent.of("item", "1", "Added", "\0")));
        }
    }
}
