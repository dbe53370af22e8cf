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
///
/// A hub that remembers tells whoever comes late the newest event too: how far a task is, or how it
/// ended.
public final class EventHub implements AutoCloseable {
  private static final int MOST_CLIENTS = 64;
  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final long heartbeatMillis;
  private final boolean remembers;
  private byte @Nullable [] newest; // guarded by this
  private volatile boolean closed;

  /// A hub that nobody listens to yet.
  ///
  /// @param heartbeatMillis how long a quiet connection stays without a sign of life
  public EventHub(long heartbeatMillis) {
    this(heartbeatMillis, false);
  }

  private EventHub(long heartbeatMillis, boolean remembers) {
    this.heartbeatMillis = heartbeatMillis;
    this.remembers = remembers;
  }

  /// A hub of one task, which tells the newest event to those who come late.
  ///
  /// @param heartbeatMillis how long a quiet connection stays without a sign of life
  /// @return the hub
  public static EventHub remembering(long heartbeatMillis) {
    return new EventHub(heartbeatMillis, true);
  }

  /// Tells every page.
  ///
  /// @param event the event's name
  /// @param subject what it is about; a newer event of the same name and subject replaces one not
  ///   yet sent
  /// @param json its data, one line
  public synchronized void publish(String event, String subject, String json) {
    if (clients.isEmpty() && !remembers) {
      return;
    }
    byte[] message =
        ("event: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    newest = remembers ? message : null;
    for (Client client : clients) {
      client.offer(event + ' ' + subject, message);
    }
  }

  /// Waits until every page has been sent what it was to be told, so that a last event is out
  /// before the server closes.
  ///
  /// @param millis at most this long: a page that does not read is not waited for
  /// @return whether all of it is out
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public boolean drain(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    boolean out = true;
    for (Client client : clients) {
      out &= client.drain(end);
    }
    return out;
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
    enter(client);
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
      client.leave();
    }
  }

  private synchronized void enter(Client client) {
    if (newest != null) {
      client.offer("newest", newest);
    }
    clients.add(client);
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
    private boolean writing;
    private boolean left;

    synchronized void offer(String key, byte[] message) {
      waiting.put(key, message);
      notifyAll();
    }

    synchronized void wake() {
      woken = true;
      notifyAll();
    }

    synchronized void leave() {
      left = true;
      notifyAll();
    }

    /// Whether all is written, or whoever it was for has gone.
    synchronized boolean drain(long end) throws InterruptedException {
      while (!left && (writing || !waiting.isEmpty())) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        wait(millis);
      }
      return true;
    }

    /// The oldest message, or null when none came in time. What was taken before is written now.
    synchronized byte @Nullable [] take(long millis) throws InterruptedException {
      writing = false;
      notifyAll();
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
      writing = true;
      return waiting.remove(first);
    }
  }
}
