package io.inscape.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The images that were asked for last, up to a number of bytes. Safe for any number of threads; an
/// image that two threads miss at once is read twice, so that no thread waits while another reads.
final class PixelCache {
  private static final int SHARE = 8;

  /// What an image takes beside its values: the array's head, the number, the map's entry.
  private static final int OVERHEAD = 96;

  private final int size;
  private final long most; // images
  private final Map<Integer, byte[]> recent = new LinkedHashMap<>(16, .75f, true);

  PixelCache(int size, long bytes) {
    this.size = size;
    this.most = bytes / ((long) size + OVERHEAD);
  }

  /// {@return an eighth of what Java may use, in bytes}
  static long shareOfHeap() {
    return Runtime.getRuntime().maxMemory() / SHARE;
  }

  /// {@return an image's values; not modified}
  byte[] get(int observation, Images.Reader reader) {
    byte[] known = find(observation);
    if (known != null) {
      return known;
    }
    byte[] values = new byte[size];
    reader.read(observation, values, 0);
    keep(observation, values);
    return values;
  }

  private synchronized byte @Nullable [] find(int observation) {
    return recent.get(observation);
  }

  private synchronized void keep(int observation, byte[] values) {
    recent.put(observation, values);
    if (recent.size() > most) {
      recent.remove(recent.keySet().iterator().next()); // the one asked for longest ago
    }
  }

  synchronized int kept() {
    return recent.size();
  }
}
