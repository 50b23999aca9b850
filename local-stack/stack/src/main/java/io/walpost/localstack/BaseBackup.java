package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of a running primary's data that starts as its standby. It follows PostgreSQL's manual, "Making a Base Backup
 * Using the Low Level API", because the executables at hand lack {@code pg_basebackup}.
 */
final class BaseBackup implements ClusterSource {

    /** Folders whose content belongs to the primary alone ("Backing Up the Data Directory"). */
    private static final Set<String> OF_THE_PRIMARY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> FILES_OF_THE_PRIMARY =
            Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "standby.signal");

    private final PostgresProcess primary;
    private final String slot;

    /** @param slot the physical slot on the primary that keeps the log for the standby; is created */
    BaseBackup(PostgresProcess primary, String slot) {
        this.primary = primary;
        this.slot = slot;
    }

    @Override
    public void create(Path data, DataFolder folder) throws IOException {
        try (Connection connection = primary.client().connect();
                Statement statement = connection.createStatement()) {
            // The copy can take longer than a client usually waits for an answer.
            connection.setNetworkTimeout(Runnable::run, 0);
            statement.execute("SELECT pg_create_physical_replication_slot('" + slot + "', true) WHERE NOT EXISTS "
                    + "(SELECT FROM pg_replication_slots WHERE slot_name = '" + slot + "')");
            statement.execute("SELECT pg_backup_start('walpost', true)");
            copy(primary.data(), data);
            Files.writeString(data.resolve("backup_label"), stop(statement));
            statement.execute("ALTER SYSTEM SET synchronized_standby_slots = '" + slot + "'");
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new LocalStackException(
                    "Cannot copy the primary on port " + primary.port() + " for a standby: " + e.getMessage(), e);
        }
        follow(data);
    }

    private static String stop(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path file : content(from)) {
            String name = file.getFileName().toString();
            Path copy = to.resolve(name);
            if (OF_THE_PRIMARY.contains(name)) {
                Files.createDirectory(copy);
            } else if (Files.isDirectory(file)) {
                copy(file, copy);
            } else if (!FILES_OF_THE_PRIMARY.contains(name)) {
                copyFile(file, copy);
            }
        }
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** A running server removes files at any time; its log tells the copy so, too. */
    private static void copyFile(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(to);
        }
    }

    /** Tells the copy that it is a standby that keeps the primary's failover slots, too. */
    private void follow(Path data) throws IOException {
        Files.createFile(data.resolve("standby.signal"));
        Path settings = data.resolve("postgresql.auto.conf");
        String own = """
                primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s dbname=postgres'
                primary_slot_name = '%s'
                hot_standby_feedback = on
                sync_replication_slots = on
                synchronized_standby_slots = ''
                """.formatted(primary.port(), primary.user(), primary.password(), slot);
        // The last value of a setting counts.
        Files.writeString(settings, Files.readString(settings) + own);
    }
}
