package io.walpost.outbox.deployment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Quarkus starts Hibernate ORM only for an application that has an entity. */
@Entity
class Thing {

    @Id
    Long id;
}
