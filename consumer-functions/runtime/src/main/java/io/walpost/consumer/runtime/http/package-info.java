/** The binding to Knative: CloudEvents over HTTP, as KafkaSource sends them. Knows no Kafka client. */
package io.walpost.consumer.runtime.http;
