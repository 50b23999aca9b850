package io.walpost.relay.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.localstack.LocalPostgres;
import io.walpost.relay.pgoutput.PgOutputMessage.Begin;
import io.walpost.relay.pgoutput.PgOutputMessage.Commit;
import io.walpost.relay.pgoutput.PgOutputMessage.Delete;
import io.walpost.relay.pgoutput.PgOutputMessage.Insert;
import io.walpost.relay.pgoutput.PgOutputMessage.LogicalMessage;
import io.walpost.relay.pgoutput.PgOutputMessage.Origin;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.PgOutputMessage.Truncate;
import io.walpost.relay.pgoutput.PgOutputMessage.Type;
import io.walpost.relay.pgoutput.PgOutputMessage.Update;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Has a real PostgreSQL 17 write every kind of message, and decodes them. */
class PostgresScenarioTest {

    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();

    private static List<PgOutputMessage> decoded;

    @BeforeAll
    static void runScenario() throws Exception {
        POSTGRES.start();
        try (Connection connection = DriverManager.getConnection(
                        POSTGRES.jdbcUrl("postgres"), POSTGRES.user(), POSTGRES.password());
                Statement sql = connection.createStatement()) {
            List<byte[]> messages = run(sql);
            if (Boolean.getBoolean("walpost.fixtures.record")) {
                Fixtures.record(messages, connection.getMetaData().getDatabaseProductVersion());
            }
            decoded = new ArrayList<>();
            for (byte[] message : messages) {
                decoded.add(PgOutputDecoder.decode(message, 0, message.length));
            }
        }
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    private static List<byte[]> run(Statement sql) throws SQLException {
        sql.execute("CREATE TYPE mood AS ENUM ('fine', 'foul')");
        sql.execute("CREATE TABLE note (id int PRIMARY KEY, body text, mood mood)");
        sql.execute("ALTER TABLE note ALTER body SET STORAGE EXTERNAL");
        sql.execute("CREATE TABLE full_note (id int, body text)");
        sql.execute("ALTER TABLE full_note REPLICA IDENTITY FULL");
        sql.execute("CREATE PUBLICATION everything FOR TABLE note, full_note");
        sql.execute("SELECT pg_create_logical_replication_slot('scenario', 'pgoutput')");
        sql.execute("SELECT pg_replication_origin_create('elsewhere')");

        sql.execute("INSERT INTO note VALUES (1, 'it''s 12 o''clock: \"Zwölf\" 🕛', 'fine')");
        sql.execute("INSERT INTO note VALUES (2, NULL, NULL)");
        sql.execute("INSERT INTO note VALUES (3, repeat('x', 5000), 'foul')");
        sql.execute("UPDATE note SET mood = 'fine' WHERE id = 3");
        sql.execute("UPDATE note SET id = 4 WHERE id = 2");
        sql.execute("DELETE FROM note WHERE id = 4");
        sql.execute("INSERT INTO full_note VALUES (1, 'before')");
        sql.execute("UPDATE full_note SET body = 'after'");
        sql.execute("DELETE FROM full_note");
        sql.execute("TRUNCATE note, full_note RESTART IDENTITY CASCADE");
        sql.execute("SELECT pg_logical_emit_message(true, 'walpost', 'within')");
        sql.execute("SELECT pg_logical_emit_message(false, 'walpost', 'at once')");
        sql.execute("ALTER TABLE note ADD COLUMN extra varchar(40)");
        sql.execute("SELECT pg_replication_origin_session_setup('elsewhere')");
        sql.execute("INSERT INTO note VALUES (5, '', 'foul', 'x')");

        List<byte[]> messages = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery("""
                SELECT data FROM pg_logical_slot_get_binary_changes('scenario', NULL, NULL,
                  'proto_version', '1', 'publication_names', 'everything', 'messages', 'true')
                """)) {
            while (rows.next()) {
                messages.add(rows.getBytes(1));
            }
        }
        return messages;
    }

    private static <T extends PgOutputMessage> List<T> all(Class<T> type) {
        return decoded.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String text(TupleData tuple, int column) {
        return new String(tuple.bytes(column), StandardCharsets.UTF_8);
    }

    @Test
    void framesEachTransactionWithTheSameCommit() {
        List<Begin> begins = all(Begin.class);
        List<Commit> commits = all(Commit.class);
        assertThat(begins).hasSameSizeAs(commits).isNotEmpty();
        for (int i = 0; i < begins.size(); i++) {
            assertThat(commits.get(i).commitLsn()).isEqualTo(begins.get(i).finalLsn());
            assertThat(commits.get(i).commitTimestamp()).isEqualTo(begins.get(i).commitTimestamp());
            assertThat(commits.get(i).endLsn()).isGreaterThan(commits.get(i).commitLsn());
        }
        assertThat(begins).extracting(Begin::xid).doesNotHaveDuplicates();
    }

    @Test
    void describesTablesWithTheirColumnsAndAgainAfterAChange() {
        List<Relation> notes = all(Relation.class).stream()
                .filter(relation -> relation.name().equals("note"))
                .toList();
        assertThat(notes.getFirst().namespace()).isEqualTo("public");
        assertThat(notes.getFirst().replicaIdentity()).isEqualTo('d');
        assertThat(notes.getFirst().columns()).extracting(Relation.Column::name).containsExactly("id", "body", "mood");
        assertThat(notes.getFirst().columns()).extracting(Relation.Column::key).containsExactly(true, false, false);
        assertThat(notes.getLast().columns()).extracting(Relation.Column::name).contains("extra");
        assertThat(all(Type.class)).extracting(Type::name).contains("mood");
    }

    @Test
    void keepsTextByteForByteAndTellsNullFromEmpty() {
        List<TupleData> rows = all(Insert.class).stream().map(Insert::newTuple).toList();
        assertThat(text(rows.get(0), 1)).isEqualTo("it's 12 o'clock: \"Zwölf\" 🕛");
        assertThat(rows.get(1).isNull(1)).isTrue();
        assertThat(rows.get(1).bytes(1)).isNull();
        assertThat(text(rows.get(2), 1)).isEqualTo("x".repeat(5000));
        assertThat(rows.getLast().bytes(1)).isEmpty();
    }

    @Test
    void tellsWhatAnUpdateLeftOut() {
        List<Update> updates = all(Update.class);
        assertThat(updates.get(0).oldTuple()).isNull();
        assertThat(updates.get(0).newTuple().isUnchanged(1)).isTrue();
        assertThat(updates.get(0).newTuple().bytes(1)).isNull();
        assertThat(text(updates.get(1).oldTuple(), 0)).isEqualTo("2");
        assertThat(text(updates.get(1).newTuple(), 0)).isEqualTo("4");
        assertThat(text(updates.get(2).oldTuple(), 1)).isEqualTo("before");
    }

    @Test
    void decodesTheRest() {
        assertThat(all(Delete.class))
                .extracting(delete -> text(delete.oldTuple(), 0))
                .containsExactly("4", "1");
        assertThat(all(Truncate.class)).singleElement().satisfies(truncate -> {
            assertThat(truncate.cascade()).isTrue();
            assertThat(truncate.restartIdentity()).isTrue();
            assertThat(truncate.relationIds()).hasSize(2);
        });
        assertThat(all(Origin.class)).extracting(Origin::name).containsExactly("elsewhere");
        List<LogicalMessage> messages = all(LogicalMessage.class);
        assertThat(messages).extracting(message -> message.prefix().text()).containsOnly("walpost");
        assertThat(messages)
                .filteredOn(LogicalMessage::transactional)
                .extracting(message -> message.content().text())
                .containsExactly("within");
        assertThat(messages)
                .filteredOn(message -> !message.transactional())
                .extracting(message -> message.content().text())
                .containsExactly("at once");
    }
}
