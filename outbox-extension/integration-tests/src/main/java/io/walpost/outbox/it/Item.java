package io.walpost.outbox.it;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** The data that an event is about. */
@Entity
public class Item {

    @Id
    private UUID id;

    private String name;

    /** For Hibernate. */
    protected Item() {}

    public Item(UUID id, String name) {
        this.id = id;
        this.name = name;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }
}
