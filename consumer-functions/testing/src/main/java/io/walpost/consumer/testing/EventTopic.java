package io.walpost.consumer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.localstack.LocalKafka;
import io.walpost.outbox.EventHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of orders' events, written to as the relay does. An order lies in the partition that is the rest of its number. */
public final class EventTopic implements AutoCloseable {

    public final String name;
    private final int partitions;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    public EventTopic(LocalKafka kafka, String name, int partitions) {
        this.name = name;
        this.partitions = partitions;
        kafka.createTopic(name, partitions);
        Map<String, Object> server = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        this.admin = Admin.create(server);
        this.producer = new KafkaProducer<>(server, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** With the headers that the relay writes, and some that it does not. */
    public ProducerRecord<byte[], byte[]> event(long order, String type, String payload) {
        ProducerRecord<byte[], byte[]> event = keyless((int) (order % partitions), type, payload);
        ProducerRecord<byte[], byte[]> keyed = new ProducerRecord<>(
                name, event.partition(), Long.toString(order).getBytes(UTF_8), event.value(), event.headers());
        header(keyed.headers(), EventHeaders.CE_SUBJECT, Long.toString(order));
        return keyed;
    }

    /** An event that does not say which order it is of. */
    public ProducerRecord<byte[], byte[]> keyless(int partition, String type, String payload) {
        ProducerRecord<byte[], byte[]> event = record(partition, null, payload);
        Headers headers = event.headers();
        String id = UUID.randomUUID().toString();
        String now = Instant.now().toString();
        header(headers, EventHeaders.ID, id);
        header(headers, EventHeaders.TYPE, type);
        header(headers, EventHeaders.CE_SPECVERSION, "1.0");
        header(headers, EventHeaders.CE_ID, id);
        header(headers, EventHeaders.CE_SOURCE, "/orders");
        header(headers, EventHeaders.CE_TYPE, type);
        header(headers, EventHeaders.CE_TIME, now);
        header(headers, EventHeaders.COMMITTED_AT, now);
        if (payload != null) {
            header(headers, EventHeaders.CONTENT_TYPE, "application/json");
        }
        header(headers, "region", "Île-de-France");
        headers.add("nothing", null);
        return event;
    }

    public ProducerRecord<byte[], byte[]> record(int partition, byte[] key, String payload) {
        return new ProducerRecord<>(name, partition, key, payload == null ? null : payload.getBytes(UTF_8));
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /** Returns before the broker has it; {@link #flush} waits. */
    public void send(ProducerRecord<byte[], byte[]> event) {
        producer.send(event, (metadata, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("The broker did not take the record", failure);
            }
        });
    }

    /** Returns its offset when the broker has it. */
    public long put(ProducerRecord<byte[], byte[]> event) {
        try {
            return producer.send(event).get().offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The broker did not take the record", e);
        }
    }

    public void flush() {
        producer.flush();
    }

    /** How many records of a partition a group has acknowledged, without one that is open before them. */
    public long acknowledged(String group, int partition) throws InterruptedException, ExecutionException {
        OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(name, partition));
        return committed == null ? 0 : committed.offset();
    }

    /** True if a group has acknowledged whatever is in the topic. */
    public boolean isAcknowledged(String group) throws InterruptedException, ExecutionException {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> end : ends().entrySet()) {
            if (acknowledged(group, end.getKey().partition()) < end.getValue().offset()) {
                return false;
            }
        }
        return true;
    }

    /** How many members a group has now. */
    public int members(String group) throws InterruptedException, ExecutionException {
        return describe(group).members().size();
    }

    /** How a group that is settled shares its partitions out; empty while it does so. */
    public String assignor(String group) throws InterruptedException, ExecutionException {
        return describe(group).partitionAssignor();
    }

    private ConsumerGroupDescription describe(String group) throws InterruptedException, ExecutionException {
        return admin.describeConsumerGroups(List.of(group)).all().get().get(group);
    }

    /** Has a group that is not there yet begin at the end. */
    public void beginAtTheEnd(String group) throws InterruptedException, ExecutionException {
        admin.alterConsumerGroupOffsets(group, ends()).all().get();
    }

    private Map<TopicPartition, OffsetAndMetadata> ends() throws InterruptedException, ExecutionException {
        return admin
                .listOffsets(IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(name, partition))
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
