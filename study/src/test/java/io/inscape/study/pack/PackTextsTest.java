package io.inscape.study.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Texts;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.PcaParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.ImportProgress;
import io.inscape.study.run.ImportRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PackTextsTest {
  private static final int WORDS = 9;
  private static final ActivationSource.Layer EMBEDDING =
      new ActivationSource.Layer("net", 1, "fc1");
  private static final ProjectionAnalysis PROJECTION =
      ProjectionAnalysis.of(EMBEDDING, PcaParams.defaults());

  @TempDir private static Path folder;
  private static Path packed;
  private static List<String> texts;
  private static int[] labels;
  private static float[] tokens;
  private static float[] layer;
  private static float[] layout;

  @BeforeAll
  static void pack() throws IOException {
    Path data = Files.createDirectory(folder.resolve("reviews"));
    StringBuilder vocabulary = new StringBuilder("[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
    List.of("good", "bad", "film", "\u00e9t\u00e9", "was")
        .forEach(w -> vocabulary.append(w).append('\n'));
    Files.writeString(data.resolve("vocab.txt"), vocabulary);
    Files.writeString(data.resolve("train.txt"), lines(40, "train"));
    Files.writeString(data.resolve("test.txt"), lines(30, "test"));
    Path network = Files.write(folder.resolve("net.onnx"), network().toByteArray());
    Path at = folder.resolve("study");
    try (Study study =
            Study.create(at, StudyConfig.of("reviews", data.toString()).withSampleCount(20));
        Workers workers = Workers.of(1)) {
      var checkpoint = new ImportRequest.Checkpoint(1, network);
      study.importRun(
          new ImportRequest("net", "net", List.of(checkpoint)), 1, ImportProgress.none());
      layer = study.vectors(EMBEDDING, workers, Progress.none()).toArray();
      tokens = study.vectors(new ActivationSource.Input(), workers, Progress.none()).toArray();
      Results results = new Results(study);
      String digest = results.compute(PROJECTION, workers, Progress.none()).digest();
      layout = results.layout(digest).orElseThrow().floats();
      texts = study.texts(0, 20);
      labels = study.labels();
      packed = folder.resolve("reviews.inscape");
      PackWriter.write(study, packed, true, Progress.none());
    }
    Files.move(data, folder.resolve("moved")); // where the colleague has none
  }

  private static String lines(int count, String seed) {
    RandomGenerator random = Rng.of(4, seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String word = i % 2 == 0 ? "good" : "bad";
      String more = random.nextBoolean() ? " film" : " \u00e9t\u00e9 was \"" + word + "\"";
      lines.append(word).append('\t').append("film was ").append(word).append(more).append('\n');
    }
    return lines.toString();
  }

  /// The mean over the tokens of an embedding, a layer, and scores of it.
  private static ModelProto network() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("net");
    var type = graph.addInputBuilder().setName("input_ids").getTypeBuilder().getTensorTypeBuilder();
    type.setElemType(7).getShapeBuilder().addDimBuilder().setDimParam("batch");
    type.getShapeBuilder().addDimBuilder().setDimParam("token");
    graph.addInitializer(floats("words", WORDS, 4));
    graph.addInitializer(floats("inner", 4, 4));
    graph.addInitializer(floats("head", 4, 2));
    graph.addNode(node("Gather", "tokens", "words", "input_ids"));
    NodeProto.Builder mean = node("ReduceMean", "mean", "tokens");
    mean.addAttributeBuilder()
        .setName("axes")
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(1);
    mean.addAttributeBuilder().setName("keepdims").setType(AttributeProto.AttributeType.INT);
    graph.addNode(mean);
    graph.addNode(node("MatMul", "product", "mean", "inner"));
    graph.addNode(node("Tanh", "bent", "product"));
    graph.addNode(node("MatMul", "scores", "bent", "head"));
    graph.addOutputBuilder().setName("scores");
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(13);
    return model.build();
  }

  private static TensorProto floats(String name, int rows, int cols) {
    RandomGenerator random = Rng.of(1, name);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(1).addDims(rows).addDims(cols);
    for (int i = 0; i < rows * cols; i++) {
      tensor.addFloatData((float) random.nextGaussian());
    }
    return tensor.build();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  @Test
  void opensWhereTheTextsAreNot() throws IOException {
    Path target = folder.resolve("colleague/reviews");
    PackReader.unpack(packed, target, Progress.none());
    try (Study study = Study.openReadOnly(target);
        Workers workers = Workers.of(1)) {
      assertThat(study.texts(0, 20)).isEqualTo(texts);
      assertThat(study.labels()).isEqualTo(labels);
      assertThat(study.info().dataset().classNames()).containsExactly("bad", "good");
      assertThat(study.vectors(new ActivationSource.Input(), workers, Progress.none()).toArray())
          .isEqualTo(tokens);
      assertThat(study.vectors(EMBEDDING, workers, Progress.none()).toArray()).isEqualTo(layer);
      assertThat(study.run("net").predictions(1)).hasSize(20 * 2);
      Results results = new Results(study);
      String digest = results.find(PROJECTION).orElseThrow().digest();
      assertThat(results.layout(digest).orElseThrow().floats()).isEqualTo(layout);
      Texts kept = (Texts) study.content();
      assertThat(kept.count()).isEqualTo(30);
      int[] sample = study.sample();
      int absent = 0;
      while (sample[absent] == absent) {
        absent++;
      }
      int other = absent;
      assertThatThrownBy(() -> kept.text(other))
          .hasMessage("observation " + other + " is not among the 20 at hand");
      assertThatThrownBy(study::dataset)
          .isInstanceOf(StudyException.class)
          .hasMessageEndingWith(
              "write where it is into dataset.source of study.json and remove observed.json");
    }
    Path again = folder.resolve("again.inscape");
    try (Study study = Study.open(target)) { // packed by the colleague, for another
      PackWriter.write(study, again, false, Progress.none());
    }
    PackReader.unpack(again, folder.resolve("third"), Progress.none());
    try (Study study = Study.openReadOnly(folder.resolve("third"))) {
      assertThat(study.texts(0, 20)).isEqualTo(texts);
    }
  }

  @Test
  void holdsTheTextsOfTheSampleOnly() throws IOException {
    try (ZipFile zip = new ZipFile(packed.toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .contains("observed.json", "observed-tokenizer.json")
          .doesNotContain("observed.npy");
    }
  }

  @Test
  void textsThatAreNotThoseOfTheSampleAreRefused() throws IOException {
    Path target = folder.resolve("fewer");
    PackReader.unpack(packed, target, Progress.none());
    Files.writeString(target.resolve("observed.json"), "{\"tokens\": 8, \"texts\": [\"one\"]}");
    try (Study study = Study.openReadOnly(target)) {
      assertThatThrownBy(() -> study.texts(0, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("found 1 texts of 8 tokens at its lists, expected 20 of 2 to");
    }
    Path mute = folder.resolve("mute");
    PackReader.unpack(packed, mute, Progress.none());
    Files.delete(mute.resolve("observed-tokenizer.json"));
    try (Study study = Study.openReadOnly(mute)) {
      assertThatThrownBy(study::content)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("observed-tokenizer.json: not found, expected the tokenizer");
    }
  }
}
