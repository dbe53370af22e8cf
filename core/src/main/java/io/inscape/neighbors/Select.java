package io.inscape.neighbors;

/// Partial sorting of keys that carry a number each.
final class Select {
  private Select() {}

  /// Moves the smallest keys of [from, to) before `middle`, and no larger one.
  ///
  /// @param key finite or infinite, not NaN; reordered
  /// @param carried reordered like the keys
  /// @param from first
  /// @param to one past the last
  /// @param middle in [from, to)
  static void partition(float[] key, int[] carried, int from, int to, int middle) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      float pivot = middle(key[low], key[(low + high) >>> 1], key[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        while (key[left] < pivot) {
          left++;
        }
        while (key[right] > pivot) {
          right--;
        }
        if (left <= right) {
          float swappedKey = key[left];
          key[left] = key[right];
          key[right] = swappedKey;
          int swapped = carried[left];
          carried[left] = carried[right];
          carried[right] = swapped;
          left++;
          right--;
        }
      }
      if (middle <= right) {
        high = right;
      } else if (middle >= left) {
        low = left;
      } else {
        return;
      }
    }
  }

  private static float middle(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /// Sorts by key, then by number.
  static void sort(double[] key, int[] carried, int count) {
    for (int gap = count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
      for (int at = gap; at < count; at++) {
        double movedKey = key[at];
        int moved = carried[at];
        int to = at;
        while (to >= gap
            && (key[to - gap] > movedKey
                || (key[to - gap] == movedKey && carried[to - gap] > moved))) {
          key[to] = key[to - gap];
          carried[to] = carried[to - gap];
          to -= gap;
        }
        key[to] = movedKey;
        carried[to] = moved;
      }
    }
  }
}
