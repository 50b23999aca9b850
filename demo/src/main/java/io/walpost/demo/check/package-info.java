/** What arrived in Kafka and in billing's database, compared with what the order service committed. */
package io.walpost.demo.check;
