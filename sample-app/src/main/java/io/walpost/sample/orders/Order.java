package io.walpost.sample.orders;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.ListIndexBase;

/** A customer's order. Changes are made while its row is locked, so that {@link #version()} counts them in order. */
@Entity
@Table(name = "orders")
public class Order {

    /** The most lines that an order may have. */
    public static final int MAX_LINES = 100;

    private static final String CURRENCY = "EUR";

    @Id
    @SequenceGenerator(name = "order_id", sequenceName = "order_id_seq", allocationSize = 1)
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_id")
    private Long id;

    private int version;

    private String customer;

    private String currency;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    @Column(name = "cancel_reason")
    private String cancelReason;

    private BigDecimal total;

    @ElementCollection
    @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "line_id")
    @ListIndexBase(1)
    private List<OrderLine> lines = new ArrayList<>();

    /** For Hibernate. */
    protected Order() {}

    private Order(String customer, List<OrderLine> lines) {
        this.version = 1;
        this.customer = customer;
        this.currency = CURRENCY;
        this.status = OrderStatus.PLACED;
        this.lines.addAll(lines);
        this.total = lines.stream().map(OrderLine::amount).reduce(Money.ZERO, BigDecimal::add);
    }

    static Order place(String customer, List<OrderLine> lines) {
        return new Order(customer, lines);
    }

    /** @return the new line's number */
    int addLine(OrderLine line) {
        requireOpen();
        if (lines.size() == MAX_LINES) {
            throw new OrderConflictException(
                    "order-full",
                    "order " + id + " has " + MAX_LINES + " lines, which is the most that an order may have");
        }
        lines.add(line);
        total = total.add(line.amount());
        version++;
        return lines.size();
    }

    void cancel(String reason) {
        requireOpen();
        status = OrderStatus.CANCELLED;
        cancelReason = reason;
        version++;
    }

    private void requireOpen() {
        if (status == OrderStatus.CANCELLED) {
            throw new OrderConflictException("order-cancelled", "order " + id + " is cancelled and cannot be changed");
        }
    }

    public long id() {
        return id;
    }

    /** How often the order was changed, its placement included. */
    public int version() {
        return version;
    }

    public String customer() {
        return customer;
    }

    public String currency() {
        return currency;
    }

    public OrderStatus status() {
        return status;
    }

    /** Null while the order is not cancelled. */
    public String cancelReason() {
        return cancelReason;
    }

    public BigDecimal total() {
        return total;
    }

    public List<OrderLine> lines() {
        return List.copyOf(lines);
    }
}
