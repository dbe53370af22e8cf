package io.inscape.study.bring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import com.google.protobuf.ByteString;
import io.inscape.dataset.DataRequest;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.matrix.Rng;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.network.NetworkGraph;
import io.inscape.study.run.ImportProgress;
import io.inscape.study.run.ImportRequest;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunInfo.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LookTest {
  @TempDir private static Path folder;
  private static Path digits;
  private static Path checkpoints;

  @BeforeAll
  static void export() throws IOException {
    digits = SmallStudies.digits(folder);
    checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0, 8), 2);
      for (int epoch : List.of(0, 8)) {
        Files.copy(study.run("a").snapshot(epoch), checkpoints.resolve("net-" + epoch + ".onnx"));
      }
    }
  }

  private static Understanding look(Path model, String pipeline, Map<String, Integer> epochs) {
    DataRequest data = DataRequest.of(digits.toString(), Pipeline.parse(pipeline));
    return Look.at(
        new LookRequest(
            Optional.of(model), Optional.of(data), epochs, Optional.empty(), Optional.empty()),
        2);
  }

  private static String available(Understanding found, String view) {
    return found.views().stream()
        .filter(one -> one.view().equals(view))
        .findFirst()
        .orElseThrow()
        .available();
  }

  @Test
  void showsTheGraphWithEveryShapeAndRefusesWhatIsNone() throws IOException {
    LookRequest request =
        new LookRequest(
            Optional.of(checkpoints),
            Optional.of(DataRequest.of(digits.toString(), Pipeline.parse("scale"))),
            Map.of(),
            Optional.empty(),
            Optional.empty());
    NetworkGraph graph = Look.graph(request);
    assertThat(graph.run()).isEqualTo("checkpoints");
    assertThat(graph.nodes())
        .isNotEmpty()
        .allSatisfy(node -> assertThat(node.outputShapes()).noneMatch(List::isEmpty));
    assertThat(graph.nodes().getLast().outputShapes().getFirst()).containsExactly(-1L, 10L);
    Path text = Files.writeString(folder.resolve("no.onnx"), "no network");
    LookRequest none =
        new LookRequest(
            Optional.of(text), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> Look.graph(none))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no.onnx");
  }

  @Test
  void saysWhatNetworksAndDataAreAndHowWellTheyFit() {
    Understanding found = look(checkpoints, "scale", Map.of());
    assertThat(found.problems()).isEmpty();
    assertThat(found.ready()).isTrue();
    assertThat(found.model().files())
        .extracting(Understanding.FilePart::epoch)
        .containsExactly(0, 8);
    assertThat(found.model().layers())
        .extracting(Understanding.LayerPart::name)
        .contains("fc1", "logits");
    assertThat(found.data().train()).isEqualTo(300);
    assertThat(found.data().shape()).containsExactly(1, 28, 28);
    assertThat(found.data().classCounts().stream().mapToInt(i -> i).sum()).isEqualTo(200);
    assertThat(found.input().low()).isZero();
    assertThat(found.input().high()).isEqualTo(1);
    assertThat(found.check().accuracy()).isGreaterThan(.4);
    assertThat(found.check().suspicious()).isFalse();
    assertThat(found.views())
        .extracting(Understanding.View::view)
        .contains("projection", "evolution", "neurons", "weights", "classes", "network");
    assertThat(found.views()).allMatch(view -> view.available().equals("yes"));
  }

  @Test
  void aNetworkAtChanceMakesThePreprocessingSuspicious() {
    Understanding found = look(checkpoints, "standardise(1e6,1)", Map.of()); // nearly one number
    assertThat(found.check().suspicious()).isTrue();
    assertThat(found.check().sentence())
        .contains("no better than chance", "standardise(1000000,1)");
    assertThat(found.ready()).isTrue();
  }

  @Test
  void otherSizesAndClassesAreSaidWithWhatWouldFit() throws IOException {
    Path large = folder.resolve("large.onnx");
    Files.write(
        large, Architectures.build(Architecture.CNN, new ImageShape(3, 32, 32), 10, 0).toBytes());
    Understanding found = look(large, "scale", Map.of());
    assertThat(found.ready()).isFalse();
    assertThat(found.input().fits()).isFalse();
    assertThat(found.input().proposal()).isEqualTo("resize(32,32),rgb,scale");
    assertThat(found.problems())
        .singleElement()
        .asString()
        .contains("28", "32", "a preprocessing that fits: resize(32,32),rgb,scale");
    Path seven = folder.resolve("seven.onnx");
    Files.write(
        seven, Architectures.build(Architecture.RMLP, new ImageShape(1, 28, 28), 7, 0).toBytes());
    Understanding other = look(seven, "scale", Map.of());
    assertThat(other.check().answers()).isEqualTo("none");
    assertThat(other.check().sentence()).contains("7 numbers", "expected 10");
    assertThat(available(other, "classes")).isEqualTo("no");
    assertThat(available(other, "ablation")).isEqualTo("no");
    assertThat(available(other, "projection")).isEqualTo("yes");
    assertThat(available(other, "evolution")).isEqualTo("reduced"); // from layer to layer
  }

  /// Weights of 8 bits with their scale, real numbers elsewhere.
  private static Path quantised(boolean wholeInput) throws IOException {
    byte[] weights = new byte[784 * 10];
    Rng.of(1, "weights").nextBytes(weights);
    GraphProto.Builder graph = GraphProto.newBuilder().setName("q");
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(wholeInput ? 2 : 1);
    var shape = type.getTensorTypeBuilder().getShapeBuilder();
    shape.addDimBuilder().setDimParam("batch");
    List.of(1, 28, 28).forEach(size -> shape.addDimBuilder().setDimValue(size));
    graph.addInputBuilder().setName("input").setType(type);
    graph
        .addInitializerBuilder()
        .setName("w")
        .setDataType(3)
        .addDims(784)
        .addDims(10)
        .setRawData(ByteString.copyFrom(weights));
    graph.addInitializerBuilder().setName("scale").setDataType(1).addFloatData(.01f);
    graph.addNode(node("Cast", "real", "input").addAttribute(to(1)));
    graph.addNode(node("Flatten", "flat", "real"));
    graph.addNode(node("DequantizeLinear", "weights", "w", "scale"));
    graph.addNode(node("MatMul", "scores", "flat", "weights"));
    graph.addOutputBuilder().setName("scores");
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    Path file = folder.resolve("quantised" + wholeInput + ".onnx");
    return Files.write(file, model.build().toByteArray());
  }

  private static AttributeProto to(int type) {
    return AttributeProto.newBuilder()
        .setName("to")
        .setType(AttributeProto.AttributeType.INT)
        .setI(type)
        .build();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  @Test
  void quantisedNetworksSayWhatTheirWeightsAre() throws IOException {
    Understanding found = look(quantised(false), "scale", Map.of());
    assertThat(found.problems()).isEmpty();
    assertThat(found.model().parameters()).isEqualTo(7840);
    assertThat(found.model().layers())
        .extracting(Understanding.LayerPart::name)
        .containsExactly("logits");
    assertThat(found.views())
        .filteredOn(view -> view.view().equals("weights"))
        .extracting(Understanding.View::why)
        .containsExactly(
            "one epoch: distributions and Hinton diagrams, without updates; quantised ones as the"
                + " real numbers that they stand for");
    Understanding cut = look(quantised(true), "scale", Map.of());
    assertThat(cut.problems())
        .containsExactly(
            "input 'input' takes whole numbers (uint8), and the data have fractions after"
                + " preprocessing, which would be cut off; leave out the scaling, or bring a copy of"
                + " the network that takes real numbers");
    assertThat(look(quantised(true), "none", Map.of()).problems()).isEmpty();
  }

  @Test
  void namesWithoutEpochsAreAskedForAndTaken() throws IOException {
    Path nameless = Files.createDirectory(folder.resolve("nameless"));
    Files.copy(checkpoints.resolve("net-0.onnx"), nameless.resolve("before.onnx"));
    Files.copy(checkpoints.resolve("net-8.onnx"), nameless.resolve("after.onnx"));
    Understanding found = look(nameless, "scale", Map.of());
    assertThat(found.ready()).isFalse();
    assertThat(found.model().files())
        .extracting(Understanding.FilePart::epoch)
        .containsExactly(null, null);
    assertThat(found.problems()).singleElement().asString().contains("found no epoch at its name");
    Understanding told = look(nameless, "scale", Map.of("before.onnx", 0, "after.onnx", 8));
    assertThat(told.problems()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsAProblemAndNotAnEnd() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
    Understanding found = look(text, "scale", Map.of());
    assertThat(found.model().problem()).contains("text.onnx");
    assertThat(found.data().train()).isEqualTo(300);
    assertThat(found.problems()).hasSize(1);
    assertThat(found.ready()).isFalse();
    Understanding nothing =
        Look.at(
            new LookRequest(
                Optional.of(folder.resolve("none.onnx")),
                Optional.of(DataRequest.of("nowhere", Pipeline.defaults())),
                Map.of(),
                Optional.empty(),
                Optional.empty()),
            1);
    assertThat(nothing.problems()).hasSize(2);
  }

  @Test
  void severalTrainingsBecomeSeveralRunsAndOtherClassesRunsWithoutPredictions() throws IOException {
    Path runs = folder.resolve("runs");
    for (String run : List.of("one", "two")) {
      Files.createDirectories(runs.resolve(run));
      Network network =
          Architectures.build(Architecture.RMLP, new ImageShape(1, 28, 28), 7, run.length());
      Files.write(runs.resolve(run).resolve("e1.onnx"), network.toBytes());
    }
    LookRequest request =
        new LookRequest(
            Optional.of(runs), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    List<ImportRequest> requests =
        Bring.requests(request, Optional.of(Answers.NONE), Optional.empty());
    assertThat(requests).extracting(ImportRequest::name).containsExactly("one", "two");
    Path target = folder.resolve("several");
    try (Study study = Study.create(target, SmallStudies.config(folder))) {
      List<RunInfo> taken = Bring.into(study, requests, 2, ImportProgress.none());
      assertThat(taken).allMatch(run -> run.metrics().isEmpty());
      assertThat(taken).allMatch(run -> run.answers() == Answers.NONE);
      assertThat(taken.getFirst().snapshots()).containsExactly(1);
    }
    Bring.forget(target); // a study with runs stays
    assertThat(Study.exists(target)).isTrue();
  }
}
