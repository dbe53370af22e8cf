package io.inscape.study.place;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.OnnxExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The networks that ran last, kept open: to read one and to start it takes far longer than to run
/// one observation through it. Safe for use by several threads, which wait for each other.
final class OpenNetworks implements AutoCloseable {
  /// The epochs of a usual sequence.
  private static final int MOST = 16;

  /// Of all files together; an open network takes about twice its file. The last one stays whatever
  /// its size.
  private static final long MOST_BYTES = 256L << 20;

  private final int threads;
  private final Map<Key, Opened> open = new LinkedHashMap<>(16, .75f, true); // guarded by this
  private boolean closed;

  OpenNetworks(int threads) {
    this.threads = threads;
  }

  /// A file as it was when it was read, and what is asked of it.
  private record Key(Path file, long bytes, FileTime written, List<String> names) {}

  private record Opened(Network network, List<Layer> layers, OnnxExecutor executor) {}

  /// What a network made of one observation.
  ///
  /// @param network that made it
  /// @param layers which ones
  /// @param rows one row for each layer
  record Values(Network network, List<Layer> layers, List<Matrix> rows) {}

  /// Runs one observation.
  ///
  /// @param file of the network
  /// @param names of the layers that are asked for
  /// @param chosen finds the layers in the network; always the same for these names
  /// @param feed of one observation, the same parts each time
  /// @return what was asked for
  synchronized Values run(
      Path file, List<String> names, Function<Network, List<Layer>> chosen, Feed feed) {
    if (closed) {
      throw new IllegalStateException("the study of " + file + " is closed");
    }
    Key key = key(file, names);
    Opened opened = open.get(key);
    if (opened == null) {
      opened = opened(file, chosen, feed);
      open.put(key, opened);
      closeOldest();
    }
    return new Values(
        opened.network(),
        opened.layers(),
        Capture.matrices(
            request(opened.network(), opened.layers(), feed), opened.executor(), Progress.none()));
  }

  private static CaptureRequest request(Network network, List<Layer> layers, Feed feed) {
    return CaptureRequest.inMemory(network, layers, feed, new int[] {0});
  }

  private Opened opened(Path file, Function<Network, List<Layer>> chosen, Feed feed) {
    Network network = Network.read(file);
    List<Layer> layers = chosen.apply(network);
    return new Opened(network, layers, Capture.open(request(network, layers, feed), threads));
  }

  private static Key key(Path file, List<String> names) {
    try {
      return new Key(file, Files.size(file), Files.getLastModifiedTime(file), names);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  private void closeOldest() {
    long bytes = open.keySet().stream().mapToLong(Key::bytes).sum();
    Iterator<Map.Entry<Key, Opened>> oldest = open.entrySet().iterator();
    while (open.size() > MOST || (bytes > MOST_BYTES && open.size() > 1)) {
      Map.Entry<Key, Opened> entry = oldest.next();
      bytes -= entry.getKey().bytes();
      entry.getValue().executor().close();
      oldest.remove();
    }
  }

  /// {@return how many are open}
  synchronized int count() {
    return open.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(opened -> opened.executor().close());
    open.clear();
  }
}
