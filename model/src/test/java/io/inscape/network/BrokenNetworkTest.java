package io.inscape.network;

import static io.inscape.network.Graphs.floats;
import static io.inscape.network.Graphs.model;
import static io.inscape.network.Graphs.node;
import static io.inscape.network.Graphs.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One model per way to be broken, each with its sentence.
final class BrokenNetworkTest {
  private static final String AGAIN = "; export the network again";

  @TempDir Path folder;

  @Test
  void aFileThatIsNotThere() {
    Path file = folder.resolve("none.onnx");
    assertThatExceptionOfType(InputException.Missing.class)
        .isThrownBy(() -> Network.read(file))
        .withMessage(file + ": not found, expected an ONNX file; check the path");
  }

  @Test
  void dataOfAnotherKind() {
    refuses(
        "%PDF-1.7 and so on".getBytes(StandardCharsets.UTF_8),
        "found data of another kind at byte 0, expected an ONNX model; "
            + "export the network as ONNX first");
    refuses(
        new byte[0],
        "found an empty file at byte 0, expected an ONNX model; export the network as ONNX first");
    refuses(
        ModelProto.newBuilder().setProducerName("x").build().toByteArray(),
        "found no ONNX graph at byte 0, expected an ONNX model; export the network as ONNX first");
  }

  @Test
  void aFileCutAnywhereIsNeverAccepted() {
    byte[] whole = Architectures.build(Architecture.RMLP, new ImageShape(1, 2, 2), 2, 0).toBytes();
    for (int length = 0; length < whole.length; length += 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> Network.parse(cut, "cut.onnx"))
          .withMessageStartingWith("cut.onnx: found ");
    }
    refuses(
        Arrays.copyOf(whole, 1000),
        "found the end of the file at byte 1000, expected the rest of an ONNX model; "
            + "the file is cut or is no ONNX file");
  }

  @Test
  void aCycle() {
    refuses(
        model(graph ->
            graph
                .addNode(node("Add", "a", "input", "c"))
                .addNode(node("Relu", "b", "a"))
                .addNode(node("Relu", "c", "b"))
                .addOutput(output("c"))),
        "found a cycle at node 'make a' (Add), expected a graph without cycles" + AGAIN);
  }

  @Test
  void aValueThatNothingMakes() {
    refuses(
        model(graph -> graph.addNode(node("Add", "a", "input", "ghost")).addOutput(output("a"))),
        "found the input 'ghost', which nothing makes at node 'make a' (Add), expected an input of "
            + "the graph, a constant or another node's output"
            + AGAIN);
    refuses(
        model(graph -> graph.addNode(node("Relu", "a", "input")).addOutput(output("b"))),
        "found 'b', which nothing makes at the graph's outputs, expected the output of a node"
            + AGAIN);
    refuses(
        model(graph -> graph.addNode(node("Relu", "a", "input"))),
        "found no output at the graph, expected at least one" + AGAIN);
  }

  @Test
  void aValueMadeTwice() {
    refuses(
        model(graph ->
            graph
                .addNode(node("Relu", "a", "input"))
                .addNode(node("Tanh", "a", "input"))
                .addOutput(output("a"))),
        "found a second value called 'a' at node 'make a' (Tanh), expected one value of each name"
            + AGAIN);
    refuses(
        model(graph ->
            graph
                .addInitializer(floats("w", 1))
                .addInitializer(floats("w", 2))
                .addNode(node("Relu", "a", "input"))
                .addOutput(output("a"))),
        "found a second value called 'w' at the graph's constants, expected one value of each name"
            + AGAIN);
  }

  @Test
  void aConstantOfTheWrongSize() {
    TensorProto wrong = floats("w", 1, 2, 3).toBuilder().setDims(0, 4).build();
    refuses(
        withConstant(wrong),
        "found 12 bytes at constant 'w', expected 16 bytes for the shape [4]; "
            + "the file is damaged, export the network again");
    TensorProto huge = floats("w", 1).toBuilder().setDims(0, 1L << 40).addDims(1L << 40).build();
    refuses(
        withConstant(huge),
        "found the shape [1099511627776, 1099511627776] at constant 'w', expected 0 to 2^31 "
            + "elements; the file is damaged, export the network again");
  }

  @Test
  void anUnknownElementType() {
    refuses(
        withConstant(floats("w", 1).toBuilder().setDataType(77).build()),
        "found element type number 77 at constant 'w', expected 1 to 23, the element types of ONNX; "
            + "export the network with 32-bit floats");
  }

  @Test
  void anUnknownOperatorIsNamedWhenTheNetworkRuns() {
    Network network =
        Network.parse(
            model(graph -> graph.addNode(node("Sharpen", "a", "input")).addOutput(output("a")))
                .toByteArray(),
            "strange.onnx");
    String message =
        "strange.onnx: found the operator Sharpen at the graph, expected operators that ONNX "
            + "Runtime knows; export the network with ONNX's own operators";
    assertThatExceptionOfType(InputException.Unsupported.class)
        .isThrownBy(() -> OnnxExecutor.open(network, List.of("a"), 1))
        .withMessage(message);
    assertThatExceptionOfType(InputException.Unsupported.class)
        .isThrownBy(network::layers)
        .withMessage(message);
  }

  @Test
  void externalDataInsideTheFolderIsRead() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[] {9, 9, 0, 0, 0x20, 0x41, 0, 0, 0x40, 0x40});
    Path file = write(external("w.bin", "2", "8"));
    Network network = Network.read(file);
    assertThat(network.parameters().get("w").floats()).containsExactly(10f, 3f);
    Files.delete(folder.resolve("w.bin"));
    assertThat(Network.parse(network.toBytes(), "again").parameters().get("w").floats())
        .containsExactly(10f, 3f);
  }

  @Test
  void externalDataOutsideTheFolderOrAbsentIsRefused() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.write(folder.resolve("secret.bin"), new byte[64]);
    Files.createSymbolicLink(inside.resolve("link.bin"), folder.resolve("secret.bin"));
    for (String location :
        List.of("../secret.bin", folder.resolve("secret.bin").toString(), "link.bin", "")) {
      Path file = inside.resolve("model.onnx");
      Files.write(file, external(location, "0", "8").toByteArray());
      assertThatExceptionOfType(InputException.Malformed.class)
          .isThrownBy(() -> Network.read(file))
          .withMessage(
              file
                  + ": found data in '"
                  + location
                  + "' at constant 'w', expected a file inside the model's folder; "
                  + "export the network again, with its data beside it");
    }
    Path file = write(external("none.bin", "0", "8"));
    assertThatExceptionOfType(InputException.Missing.class)
        .isThrownBy(() -> Network.read(file))
        .withMessage(
            folder.resolve("none.bin")
                + ": not found, expected the data of constant 'w' of "
                + file
                + "; put the model's data files beside it");
  }

  @Test
  void externalDataOfTheWrongSizeIsRefused() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[8]);
    says(external("w.bin", "1", "8"), "found 8 bytes in w.bin");
    says(external("w.bin", "0", "9"), "found 9 bytes at constant 'w', expected 8 bytes");
    says(external("w.bin", "-1", "8"), "found '-1' as place or length");
    says(external("w.bin", "9223372036854775807", "8"), "found 8 bytes in w.bin");
  }

  private void says(ModelProto model, String part) throws IOException {
    Path file = write(model);
    assertThatExceptionOfType(InputException.Malformed.class)
        .isThrownBy(() -> Network.read(file))
        .withMessageStartingWith(file + ": " + part);
  }

  private Path write(ModelProto model) throws IOException {
    return Files.write(folder.resolve("model.onnx"), model.toByteArray());
  }

  private static ModelProto external(String location, String offset, String length) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue(location);
    tensor.addExternalDataBuilder().setKey("offset").setValue(offset);
    tensor.addExternalDataBuilder().setKey("length").setValue(length);
    return withConstant(tensor.build());
  }

  private static ModelProto withConstant(TensorProto tensor) {
    return model(graph ->
        graph.addInitializer(tensor).addNode(node("Relu", "a", "input")).addOutput(output("a")));
  }

  private static void refuses(ModelProto model, String message) {
    refuses(model.toByteArray(), message);
  }

  private static void refuses(byte[] bytes, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Network.parse(bytes, "broken.onnx"))
        .withMessage("broken.onnx: " + message);
  }
}
