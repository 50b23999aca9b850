package io.walpost.sample.orders;

import io.walpost.outbox.Outbox;
import io.walpost.sample.orders.event.OrderCancelled;
import io.walpost.sample.orders.event.OrderDeleted;
import io.walpost.sample.orders.event.OrderLineAdded;
import io.walpost.sample.orders.event.OrderPlaced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;

/** Changes orders. Each change writes its rows and its event in one transaction, or neither. */
@ApplicationScoped
public class OrderService {

    private final EntityManager entityManager;
    private final Outbox outbox;
    private final OrdersConfig config;

    OrderService(EntityManager entityManager, Outbox outbox, OrdersConfig config) {
        this.entityManager = entityManager;
        this.outbox = outbox;
        this.config = config;
    }

    /** @throws CreditLimitExceededException if it comes to more than the credit limit; nothing remains of it then */
    @Transactional
    public OrderView place(String customer, List<OrderLine> lines) {
        Order order = Order.place(customer, lines);
        entityManager.persist(order);
        outbox.publish(OrderPlaced.of(order));
        requireCredit(order);
        return OrderView.of(order);
    }

    /**
     * @throws OrderNotFoundException if there is no such order
     * @throws OrderConflictException if it is cancelled or full
     * @throws CreditLimitExceededException if it then comes to more than the credit limit; it stays as it was then
     */
    @Transactional
    public OrderView addLine(long orderId, OrderLine line) {
        Order order = lock(orderId);
        int lineId = order.addLine(line);
        outbox.publish(OrderLineAdded.of(order, lineId));
        requireCredit(order);
        return OrderView.of(order);
    }

    /**
     * @throws OrderNotFoundException if there is no such order
     * @throws OrderConflictException if it is cancelled already
     */
    @Transactional
    public OrderView cancel(long orderId, String reason) {
        Order order = lock(orderId);
        order.cancel(reason);
        outbox.publish(OrderCancelled.of(order));
        return OrderView.of(order);
    }

    /**
     * Erases the order and its lines, whatever its status.
     *
     * @throws OrderNotFoundException if there is no such order
     */
    @Transactional
    public void delete(long orderId) {
        Order order = lock(orderId);
        outbox.publish(OrderDeleted.of(order));
        entityManager.remove(order);
    }

    /** @throws OrderNotFoundException if there is no such order */
    @Transactional
    public OrderView find(long orderId) {
        return OrderView.of(found(orderId, read(orderId)));
    }

    /** One statement, so that order and lines are from the same moment. */
    private Order read(long orderId) {
        return entityManager
                .createQuery("SELECT o FROM Order o LEFT JOIN FETCH o.lines WHERE o.id = :id", Order.class)
                .setParameter("id", orderId)
                .getSingleResultOrNull();
    }

    /** The row lock is held until after the commit, so versions and events of one order are in commit order. */
    private Order lock(long orderId) {
        return found(orderId, entityManager.find(Order.class, orderId, LockModeType.PESSIMISTIC_WRITE));
    }

    private static Order found(long orderId, Order order) {
        if (order == null) {
            throw new OrderNotFoundException(orderId);
        }
        return order;
    }

    /** Last, when order and event are already written, to show that a rollback takes both. */
    private void requireCredit(Order order) {
        if (order.total().compareTo(config.creditLimit()) > 0) {
            throw new CreditLimitExceededException(order, config.creditLimit());
        }
    }
}
