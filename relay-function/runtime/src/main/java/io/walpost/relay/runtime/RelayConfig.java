package io.walpost.relay.runtime;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.walpost.outbox.EventTopics;
import io.walpost.outbox.OutboxMessage;
import io.walpost.relay.failure.PoisonReaction;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.Delivery;
import io.walpost.relay.route.TopicRouting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the relay. Those of the Kafka producer are the properties that begin with {@code kafka.}. */
@ConfigMapping(prefix = "walpost.relay")
public interface RelayConfig {

    /** The database whose outbox is relayed. */
    Postgres postgres();

    /** The replication slot. It must exist; the relay says the SQL that creates it if it does not. */
    @WithDefault("walpost")
    String slot();

    /** The publication that carries the INSERTs of the outbox tables. It must exist before the slot is created. */
    @WithDefault("walpost")
    String publication();

    /**
     * Where events come from: table (rows of the outbox tables), message (logical messages), or both. The publication
     * must exist in any case; with message it needs no tables.
     */
    @WithDefault("table")
    String capture();

    /** The outbox tables, each as schema.table. Not looked at with walpost.relay.capture=message. */
    @WithDefault("public.outboxevent")
    List<String> tables();

    /**
     * How much log the slot may hold back on the database's disk before status, health, metrics and log say so. The relay
     * cannot enforce it; the server does so with max_slot_wal_keep_size, which should be larger.
     */
    @WithDefault("10G")
    MemorySize walBudget();

    /** The logical messages that are events. */
    Messages messages();

    /** The topics of events. */
    Topic topic();

    /** The headers of records. */
    Headers headers();

    /** The records. */
    RecordSettings record();

    /** The header ce_source of every event, a URI reference. Without it, /walpost/ and the name of the slot. */
    Optional<String> source();

    /** How much may be published and not yet acknowledged. */
    InFlight inFlight();

    /**
     * What consumers may rely on: at-least-once, or exactly-once for those that read only what is committed
     * (isolation.level=read_committed).
     */
    @WithDefault("at-least-once")
    Delivery delivery();

    /** The compacted topic in which exactly-once delivery keeps its progress. Made if it is missing. */
    @WithDefault("walpost.progress")
    String progressTopic();

    /** How long an acknowledged position may wait until it is confirmed to the slot. */
    @WithDefault("50ms")
    Duration confirmInterval();

    /** How long Kafka may acknowledge nothing before another producer is made. */
    @WithDefault("2m")
    Duration stallTimeout();

    /** How long a stop, or a new start of the stream, waits for what is in flight. */
    @WithDefault("10s")
    Duration drainTimeout();

    /** The pauses between attempts after a failure. */
    Backoff backoff();

    /** What to do about events that cannot be published. */
    Poison poison();

    /** Where such events go. */
    DeadLetter deadLetter();

    /** What is known of parked keys. */
    Parked parked();

    /** The command drain-endpoint. */
    Endpoint endpoint();

    /** How to reach the database. */
    interface Postgres {

        /** The JDBC URL, as in jdbc:postgresql://db:5432/orders?sslmode=verify-full. Required. */
        Optional<String> url();

        /** The role. It needs LOGIN and REPLICATION, and no right on any table. Required. */
        Optional<String> user();

        /**
         * How the role logs in: password (with walpost.relay.postgres.password), secret (with the password that a secret
         * of AWS Secrets Manager holds) or iam (with IAM database authentication of Amazon RDS, which needs TLS).
         */
        @WithDefault("password")
        String login();

        /** The role's password, if it needs one. */
        Optional<String> password();

        /**
         * The secret with the role's password, by its ARN or its name: a JSON object with the fields username and
         * password, as RDS writes it, or nothing but the password.
         */
        Optional<String> secret();

        /** How long the server may stay silent before the connection is given up. */
        @WithDefault("60s")
        Duration timeout();
    }

    /** The window of events in flight. */
    interface InFlight {

        /** The most events, counted until they are confirmed. A single larger transaction passes alone. */
        @WithDefault("10000")
        int events();

        /** The most bytes, before compression. A single larger event passes alone. */
        @WithDefault("16M")
        MemorySize bytes();
    }

    /** Pauses that double up to a limit. */
    interface Backoff {

        /** The pause after a first failure. */
        @WithDefault("100ms")
        Duration min();

        /** The longest pause. */
        @WithDefault("10s")
        Duration max();
    }

    /** Events that cannot be published. */
    interface DeadLetter {

        /** Their topic. The relay makes it if it is missing. */
        @WithDefault(PoisonPolicy.DEFAULT_DEAD_LETTER_TOPIC)
        String topic();
    }

    /** Keys whose later events follow one that cannot be published. */
    interface Parked {

        /** A compacted topic of one partition. The relay makes it if it is missing. */
        @WithDefault(PoisonPolicy.DEFAULT_PARKED_TOPIC)
        String topic();
    }

    /**
     * What the relay does about an event that cannot be published. retry: wait at it. dead-letter: put it into the
     * dead-letter topic and go on. park: the same, and the later events of its key follow it until it is released.
     * stop: end.
     */
    interface Poison {

        /** Larger than kafka.max.request.size, or than its topic takes. */
        @WithDefault("park")
        PoisonReaction recordTooLarge();

        /** Without an aggregate id, or a message that cannot be read. There is no key that could be parked. */
        @WithDefault("dead-letter")
        PoisonReaction noKey();

        /** Without id or type, of an aggregate type that names no topic, or with a timestamp that its topic refuses. */
        @WithDefault("park")
        PoisonReaction unroutable();

        /** Kafka takes no topic of that name. */
        @WithDefault("park")
        PoisonReaction topicInvalid();

        /** The relay may not write to the topic. */
        @WithDefault("retry")
        PoisonReaction topicUnauthorised();
    }

    /** Which logical messages are events. */
    interface Messages {

        /**
         * The prefix that marks a logical message as an event; others are passed over. 1 to 63 characters out of
         * a-z A-Z 0-9 . _ -.
         */
        @WithDefault(OutboxMessage.DEFAULT_PREFIX)
        String prefix();
    }

    /** Where events go. */
    interface Topic {

        /** The topic's name, in which {aggregatetype} stands for the aggregate type. Without it, all share a topic. */
        @WithDefault(EventTopics.DEFAULT_PREFIX + TopicRouting.AGGREGATE_TYPE)
        String template();

        /**
         * The topic of one aggregate type, instead of what the template makes of it. The key is the aggregate type in
         * quotes; its case counts, so an environment variable cannot say it.
         */
        Map<String, String> overrides();
    }

    /** What goes into headers. */
    interface Headers {

        /**
         * Columns of the outbox tables (or fields of a message) that become headers, each as column or column:header.
         * NULL, and a table without the column, give no header.
         */
        Optional<List<String>> columns();

        /** Whether events have the headers id and type (debezium), ce_… (cloudevents), or both. */
        @WithDefault("both")
        String profile();

        /**
         * The media type of payloads in columns of text or bytea, and of messages. Without it, application/json for
         * text and application/octet-stream for bytea.
         */
        Optional<String> contentType();
    }

    /** A drain over HTTP. One of tokenFile and oidc must be there: nobody else is let in. */
    interface Endpoint {

        /** The longest that one drain may take, which must be shorter than whoever posts is ready to wait. */
        @WithDefault("4m")
        Duration limit();

        /** A file with the token that a request may bear, 16 characters at least. Read anew for each request. */
        Optional<Path> tokenFile();

        /** The tokens of Kubernetes that a request may bear. */
        Oidc oidc();
    }

    /** Tokens of service accounts, as Knative's sources send them. */
    interface Oidc {

        /** Who issues them: the issuer of the cluster's service accounts. */
        Optional<String> issuer();

        /** The issuer's keys (JWKS): an address with https, or with http on this machine. */
        Optional<String> jwks();

        /** Whom they must be meant for. */
        Optional<String> audience();

        /** The service accounts that may post, each as system:serviceaccount:namespace:name. */
        Optional<List<String>> subjects();

        /** Certificates (PEM) that vouch for the address of the keys; without it, those of the JVM. */
        Optional<Path> caFile();
    }

    /** What goes into a record itself. */
    interface RecordSettings {

        /** The record's timestamp: publish (when it was sent), or event (when the event happened). */
        @WithDefault("publish")
        String timestamp();
    }
}
