package io.inscape.dataset.source;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Split;
import io.inscape.matrix.Rng;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A data set in which half of the images of each class are their own negatives: bright on dark
/// beside dark on bright, with nothing else changed.
///
/// It is the experiment of figures 6 and 7 of Rauber et al. (2017) with a known answer: what a
/// network makes of it must come in two clusters per class, and after a preprocessing that is blind
/// to polarity in one. Being a data set and no preprocessing, it is the same everywhere: in
/// training, in captures, in statistics of the input, and in the pictures that a person sees.
///
/// @param base what is opened and changed, such as `mnist`
/// @param seed draws the half
record InvertedHalf(String base, long seed) {
  private static final String SUFFIX = ":inverted-half";
  private static final Pattern NAME =
      Pattern.compile("(.+)" + SUFFIX + "(?:\\((-?\\d{1,18})\\))?", Pattern.DOTALL);

  /// {@return what a name asks for; empty where it asks for no such thing}
  static Optional<InvertedHalf> of(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String seed = matcher.group(2);
    return Optional.of(new InvertedHalf(matcher.group(1), seed == null ? 0 : Long.parseLong(seed)));
  }

  Dataset apply(Dataset dataset) {
    String suffix = SUFFIX + (seed == 0 ? "" : "(" + seed + ")");
    return new Dataset(
        dataset.name() + suffix,
        dataset.source() + suffix,
        dataset.classNames(),
        apply(dataset.train(), dataset.classNames().size(), "train"),
        apply(dataset.test(), dataset.classNames().size(), "test"),
        digest(dataset.digest()));
  }

  private Split apply(Split split, int classes, String part) {
    int[] labels = split.labels();
    Images images = split.images();
    RandomGenerator random = Rng.of(seed, "inverted-half-" + part);
    BitSet inverted = new BitSet(labels.length);
    for (int label = 0; label < classes; label++) {
      for (int observation : half(labels, label, random)) {
        inverted.set(observation);
      }
    }
    int size = images.shape().size();
    Images changed =
        Images.read(
            images.shape(),
            images.count(),
            (observation, target, offset) -> {
              images.copy(observation, target, offset);
              if (inverted.get(observation)) {
                for (int i = offset; i < offset + size; i++) {
                  target[i] = (byte) ~target[i]; // 255 less the value
                }
              }
            });
    return new Split(changed, labels);
  }

  /// Half of the images of a class, rounded down.
  private static int[] half(int[] labels, int label, RandomGenerator random) {
    int[] members = new int[labels.length];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        members[count++] = i;
      }
    }
    for (int i = 0; i < count / 2; i++) { // the first steps of a Fisher-Yates shuffle
      int j = random.nextInt(i, count);
      int drawn = members[j];
      members[j] = members[i];
      members[i] = drawn;
    }
    return Arrays.copyOf(members, count / 2);
  }

  /// {@return the digest of this half inverted, from that of the base}
  String digest(String of) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HexFormat.of().parseHex(of));
      digest.update("inverted-half".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
