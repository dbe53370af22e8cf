package io.inscape.study;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.NpyRows;
import io.inscape.activation.NpyType;
import io.inscape.activation.NpyWriter;
import io.inscape.dataset.Content;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Texts;
import io.inscape.dataset.Vectors;
import io.inscape.dataset.text.TextSets;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A copy of the observations that a study looks at, in a file of the study: what a study takes
/// along to where its data set is not. Texts take their tokenizer along in another.
final class ObservedFile {
  private static final int BLOCK_BYTES = 1 << 20;

  private ObservedFile() {}

  static void write(Content content, int[] sample, StudyFolder folder) {
    Path file = folder.observed();
    switch (content) {
      case Images images -> {
        ImageShape shape = images.shape();
        int block = Math.max(1, BLOCK_BYTES / shape.size());
        try (NpyWriter writer =
            NpyWriter.create(
                file, NpyType.UINT8, sample.length, shape.channels(), shape.rows(), shape.cols())) {
          for (int from = 0; from < sample.length; from += block) {
            int to = Math.min(sample.length, from + block);
            writer.write(ByteBuffer.wrap(images.toArray(Arrays.copyOfRange(sample, from, to))));
          }
          writer.commit();
        }
      }
      case Vectors vectors -> {
        float[] row = new float[vectors.columns()];
        ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
        try (NpyWriter writer =
            NpyWriter.create(file, NpyType.FLOAT32, sample.length, vectors.columns())) {
          for (int observation : sample) {
            vectors.copy(observation, 0, row.length, row, 0);
            bytes.clear().asFloatBuffer().put(row);
            writer.write(bytes);
          }
          writer.commit();
        }
      }
      case Texts texts -> {
        int tokens = texts.encoder().slots().getFirst().size();
        List<String> lines = Arrays.stream(sample).mapToObj(texts::text).toList();
        put(folder.observedTexts(), Json.pretty(new ObservedTexts(tokens, lines)));
        put(folder.observedTokenizer(), texts.encoder().rules().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void put(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "write", e);
    }
  }

  /// What `observed.json` holds.
  ///
  /// @param tokens how many each text is cut and filled to
  /// @param texts in the order of the sample
  private record ObservedTexts(int tokens, List<String> texts) {
    private ObservedTexts {
      texts = List.copyOf(texts);
    }
  }

  /// Whether a study came with its observations.
  static boolean isThere(StudyFolder folder, StudyInfo info) {
    return Files.exists(file(folder, info));
  }

  /// The file that a study came with if it came with its observations.
  static Path file(StudyFolder folder, StudyInfo info) {
    return info.dataset().kind() == StudyInfo.DataKind.TEXTS
        ? folder.observedTexts()
        : folder.observed();
  }

  /// The observations under the numbers that they have in the whole data set.
  static Content read(StudyFolder folder, StudyInfo info, int[] sample) {
    return info.dataset().kind() == StudyInfo.DataKind.TEXTS
        ? texts(folder, info, sample)
        : numbers(folder.observed(), info, sample);
  }

  private static Content texts(StudyFolder folder, StudyInfo info, int[] sample) {
    Path file = folder.observedTexts();
    ObservedTexts kept = Json.read(file, ObservedTexts.class);
    int width = info.dataset().columns();
    int tokens = kept.tokens();
    if (kept.texts().size() != sample.length || tokens < 2 || tokens > width) {
      throw InputException.malformed(
          file.toString(),
          "its lists",
          kept.texts().size() + " texts of " + tokens + " tokens",
          sample.length + " of 2 to " + width + " as study.json says",
          "ask for the packed study again");
    }
    Texts.Encoder encoder = TextSets.encoder(folder.observedTokenizer(), tokens);
    return Texts.chosen(info.dataset().count(info.sample().split()), sample, kept.texts(), encoder);
  }

  private static Content numbers(Path file, StudyInfo info, int[] sample) {
    NpyRows rows = ArrayFile.open(file.toString()).rows();
    StudyInfo.DatasetInfo dataset = info.dataset();
    ImageShape shape = dataset.shape();
    int width = shape == null ? dataset.columns() : shape.size();
    if (rows.rows() != sample.length || rows.cols() != width) {
      rows.close();
      throw InputException.malformed(
          file.toString(),
          "the header",
          rows.rows() + " observations of " + rows.cols() + " values",
          sample.length + " of " + width + " as study.json says",
          "ask for the packed study again");
    }
    int count = dataset.count(info.sample().split());
    if (shape == null) {
      // Mapped as long as the study is used, which is as long as the process or the garbage
      // collector lets it.
      return Vectors.of(
          count,
          width,
          (observation, from, to, target, offset) ->
              rows.copy(place(sample, observation), from, to, target, offset));
    }
    try {
      byte[] pixels = new byte[Math.multiplyExact(sample.length, width)];
      float[] row = new float[width];
      for (int i = 0; i < sample.length; i++) {
        rows.copy(i, 0, width, row, 0);
        for (int j = 0; j < width; j++) {
          pixels[i * width + j] = (byte) (int) row[j];
        }
      }
      return Images.chosen(shape, count, sample, pixels);
    } finally {
      rows.close();
    }
  }

  private static int place(int[] sample, int observation) {
    int place = Arrays.binarySearch(sample, observation);
    if (place < 0) {
      throw new IllegalArgumentException(
          "observation " + observation + " is not among the " + sample.length + " at hand");
    }
    return place;
  }
}
