package io.inscape.study.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import io.inscape.activation.NpyFile;
import io.inscape.activation.NpyType;
import io.inscape.activation.NpyWriter;
import io.inscape.dataset.InputException;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes what a training makes by the convention for activations, each epoch whole or not at all.
final class EpochFiles {
  private static final String HEAD = "epoch,train_loss,train_accuracy,test_loss,test_accuracy";

  private final Path root;
  private final Path run;
  private final List<String> rows = new ArrayList<>(List.of(HEAD));

  EpochFiles(Path root, String name) {
    this.root = root;
    this.run = root.resolve(name);
    if (Files.exists(run)) {
      throw new StudyException(
          Kind.EXISTS, run + " is there already; record the training under another run's name");
    }
  }

  /// Writes the observations, or finds them there.
  void observations(SampleOrder sample) {
    Path vectors = root.resolve("vectors.npy");
    if (!Files.exists(vectors)) {
      NpyFile.writeFloats(vectors, sample.inputs(), sample.count(), sample.size());
    }
    if (sample.labels().length > 0 && !Files.exists(root.resolve("labels.npy"))) {
      NpyFile.writeInts(root.resolve("labels.npy"), sample.labels(), sample.count());
      text(root.resolve("classes.txt"), String.join("\n", sample.classNames()) + "\n");
    }
  }

  /// Keeps an epoch's metrics.
  void metrics(int epoch, @Nullable Double[] values) {
    StringBuilder row = new StringBuilder(String.valueOf(epoch));
    boolean some = false;
    for (Double value : values) {
      row.append(',').append(value == null ? "" : value.toString());
      some |= value != null;
    }
    if (some) {
      rows.add(row.toString());
      text(run.resolve("metrics.csv"), String.join("\n", rows) + "\n");
    }
  }

  private static void text(Path file, String text) {
    Path aside = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      Files.write(aside, text.getBytes(StandardCharsets.UTF_8));
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "write", e);
    }
  }

  /// Begins an epoch in a folder aside.
  Epoch begin(int epoch, List<String> layers, int count) {
    text(run.resolve("layers.txt"), String.join("\n", layers) + "\n");
    return new Epoch(run.resolve(String.format(Locale.ROOT, "epoch-%04d", epoch)), count);
  }

  /// An epoch that is being written.
  static final class Epoch implements AutoCloseable {
    private final Path target;
    private final Path aside;
    private final int count;
    private final Map<String, NpyWriter> writers = new LinkedHashMap<>();
    private float[] outputs = {};
    private int outputCols;
    private int taken;

    private Epoch(Path target, int count) {
      this.target = target;
      this.aside = target.resolveSibling(target.getFileName() + ".tmp");
      this.count = count;
      remove(aside);
    }

    /// Appends a batch of a block's output; of the network's own where the name is empty.
    void append(String name, NDArray output) {
      float[] values = Watched.floats(output);
      if (name.isEmpty()) {
        last(values, output);
        return;
      }
      NpyWriter writer = writers.computeIfAbsent(name, begin(output));
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      writer.write(bytes);
    }

    private java.util.function.Function<String, NpyWriter> begin(NDArray output) {
      long[] axes = Watched.axes(output);
      long[] shape = new long[axes.length + 1];
      shape[0] = count;
      System.arraycopy(axes, 0, shape, 1, axes.length);
      return name -> NpyWriter.create(aside.resolve(name + ".npy"), NpyType.FLOAT32, shape);
    }

    private void last(float[] values, NDArray output) {
      int rows = Math.toIntExact(output.getShape().get(0));
      outputCols = values.length / rows;
      if (outputs.length == 0) {
        outputs = new float[count * outputCols];
      }
      System.arraycopy(values, 0, outputs, taken * outputCols, values.length);
      taken += rows;
    }

    /// Writes the network's answers as probabilities where they are one for each class; those that
    /// are none yet go through softmax, as DJL's loss does it.
    void probabilities(int classes) {
      if (classes == 0 || outputCols != classes) {
        return;
      }
      for (int row = 0; row < count; row++) {
        softmax(outputs, row * classes, classes);
      }
      NpyFile.writeFloats(aside.resolve("predictions.npy"), outputs, count, classes);
    }

    private static void softmax(float[] values, int from, int count) {
      double sum = 0;
      float highest = Float.NEGATIVE_INFINITY;
      boolean probabilities = true;
      for (int i = from; i < from + count; i++) {
        highest = Math.max(highest, values[i]);
        probabilities &= values[i] >= 0;
        sum += values[i];
      }
      if (probabilities && Math.abs(sum - 1) < 1e-3) {
        return;
      }
      sum = 0;
      for (int i = from; i < from + count; i++) {
        sum += Math.exp(values[i] - highest);
      }
      for (int i = from; i < from + count; i++) {
        values[i] = (float) (Math.exp(values[i] - highest) / sum);
      }
    }

    /// Writes the network's weights and biases by name.
    void parameters(ParameterList parameters) {
      Path file = aside.resolve("parameters.npz");
      try {
        Files.createDirectories(aside);
        try (OutputStream out = Files.newOutputStream(file);
            NDList named = new NDList()) {
          for (Pair<String, Parameter> parameter : parameters) {
            NDArray copy = parameter.getValue().getArray().duplicate();
            copy.setName(parameter.getKey());
            named.add(copy);
          }
          named.encode(out, NDList.Encoding.NPZ);
        }
      } catch (IOException e) {
        throw InputException.refused(file.toString(), "write", e);
      }
    }

    /// Gives the epoch its name.
    void commit() {
      writers.values().forEach(NpyWriter::commit);
      try {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw InputException.refused(target.toString(), "write", e);
      }
    }

    @Override
    public void close() {
      writers.values().forEach(NpyWriter::close);
      remove(aside);
    }

    private static void remove(Path folder) {
      if (!Files.isDirectory(folder)) {
        return;
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        throw InputException.refused(folder.toString(), "remove", e);
      }
    }
  }
}
