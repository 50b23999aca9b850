package io.walpost.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps a data folder to one JVM. The operating system takes the lock back when that JVM ends. */
final class FolderLock {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock of(DataFolder folder, String server) {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new LocalStackException(
                        "The data folder %s is in use by another run of %s. Stop that run or choose another folder."
                                .formatted(folder.path(), server));
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new LocalStackException("Cannot lock the data folder " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LocalStackException("Cannot unlock a data folder: " + e.getMessage(), e);
        }
    }
}
