package dev.clinickpi.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wire to a server that can freeze at any byte that the client sends, as a stopped process does: nothing gets through any more, in either direction, and no
 * connection is closed.
 */
final class FreezingWire implements AutoCloseable {

    private static final int BUFFER = 8_192;

    private final ServerSocket door;
    private final int server;
    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile long freezeAt = Long.MAX_VALUE;

    FreezingWire(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Where clients connect to. */
    int port() {
        return door.getLocalPort();
    }

    /** How many bytes clients have sent. */
    long sent() {
        return sent.get();
    }

    /** Freezes when so many bytes more have been sent. */
    void freezeAfter(long bytes) {
        freezeAt = sent.get() + bytes;
    }

    void awaitFrozen() throws InterruptedException {
        if (!frozen.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("not as many bytes were sent");
        }
    }

    void thaw() {
        thawed.countDown();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket toServer = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.addAll(List.of(client, toServer));
            start(() -> carry(client.getInputStream(), toServer.getOutputStream(), true));
            start(() -> carry(toServer.getInputStream(), client.getOutputStream(), false));
        }
    }

    private void carry(InputStream from, OutputStream to, boolean count) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            int before = count ? (int) Math.min(read, Math.max(0, freezeAt - sent.get())) : read;
            if (!count && frozen.getCount() == 0) {
                thawed.await();
            }
            to.write(buffer, 0, before);
            to.flush();
            sent.addAndGet(count ? before : 0);
            if (before < read) {
                frozen.countDown();
                thawed.await();
                freezeAt = Long.MAX_VALUE;
                to.write(buffer, before, read - before);
                to.flush();
            }
        }
        to.close();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // One of the ends has hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        thaw();
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
