package io.inscape.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Server-sent events to every open page.
///
/// A page that reads slowly never holds anybody else up and never fills the memory: what waits for
/// it is one event per subject (a job, a run), and a newer event takes the place of the one that
/// waits. A last event (done, failed) is therefore never lost. Each page is served by the virtual
/// thread of its own request.
public final class EventHub implements AutoCloseable {
  private static final int MOST_CLIENTS = 64;
  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final long heartbeatMillis;
  private volatile boolean closed;

  /// A hub that nobody listens to yet.
  ///
  /// @param heartbeatMillis how long a quiet connection stays without a sign of life
  public EventHub(long heartbeatMillis) {
    this.heartbeatMillis = heartbeatMillis;
  }

  /// Tells every page.
  ///
  /// @param event the event's name
  /// @param subject what it is about; a newer event of the same name and subject replaces one not
  ///   yet sent
  /// @param json its data, one line
  public void publish(String event, String subject, String json) {
    if (clients.isEmpty()) {
      return;
    }
    byte[] message =
        ("event: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    for (Client client : clients) {
      client.offer(event + ' ' + subject, message);
    }
  }

  /// Serves one page until it goes away or the hub is closed.
  ///
  /// @param context the request
  /// @throws HttpError 503 when too many pages listen already
  public void serve(Context context) {
    Client client = new Client();
    if (closed || clients.size() >= MOST_CLIENTS) {
      throw new HttpError(
          503, "at most " + MOST_CLIENTS + " pages can listen at a time; close some");
    }
    context.res().setStatus(200);
    context.res().setContentType("text/event-stream");
    context.res().setCharacterEncoding("UTF-8");
    clients.add(client);
    try {
      OutputStream out = context.res().getOutputStream();
      write(out, "event: hello\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
      while (!closed) {
        byte[] message = client.take(heartbeatMillis);
        if (!closed) {
          write(out, message == null ? HEARTBEAT : message);
        }
      }
    } catch (IOException _) {
      // The page went away, or has not read for so long that the connection was given up.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  private static void write(OutputStream out, byte[] message) throws IOException {
    out.write(message);
    out.flush();
  }

  @Override
  public void close() {
    closed = true;
    for (Client client : clients) {
      client.wake();
    }
  }

  /// What waits for one page.
  private static final class Client {
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    private boolean woken;

    synchronized void offer(String key, byte[] message) {
      waiting.put(key, message);
      notifyAll();
    }

    synchronized void wake() {
      woken = true;
      notifyAll();
    }

    /// The oldest message, or null when none came in time.
    synchronized byte @Nullable [] take(long millis) throws InterruptedException {
      long end = System.nanoTime() + millis * 1_000_000;
      while (waiting.isEmpty() && !woken) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return null;
        }
        wait(left);
      }
      if (waiting.isEmpty()) {
        return null;
      }
      String first = waiting.keySet().iterator().next();
      return waiting.remove(first);
    }
  }
}
