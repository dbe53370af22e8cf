package io.inscape.fuzz;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/// Files to begin with: whole ones of each format, and each of them cut and with bytes changed.
final class Seeds {
  private static final int VARIANTS = 6;

  private Seeds() {}

  static Stream<byte[]> csv() {
    return broken(
        "a,b,label\n1,2.5,x\n3,-4e3,y\n5,\"6\",x\n",
        "\ufeffa;b;split;y\r\n1;2;train;0\r\n3;\"4\";test;1\r\n",
        "a\tb\ty\n1\t2\t.5\n3\tinf\t1.5\n",
        "a,label\n1,\"x\n3,4");
  }

  static Stream<byte[]> npy() {
    return broken(
        array("<f4", "(3, 2)", 24), array(">i8", "(4,)", 32), array("|u1", "(2, 2, 2)", 8));
  }

  static Stream<byte[]> npz() {
    return broken(
        zip(
            ZipEntry.DEFLATED,
            "x.npy",
            array("<f4", "(3, 2)", 24),
            "y.npy",
            array("<i8", "(3,)", 24)),
        zip(ZipEntry.STORED, "x_train.npy", array("<f4", "(3, 2)", 24)));
  }

  static Stream<byte[]> safetensors() {
    String header = "{\"fc1\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}";
    ByteBuffer file = ByteBuffer.allocate(8 + header.length() + 24).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    return broken(file.array());
  }

  static Stream<byte[]> hdf5() {
    try {
      Path path = Files.createTempFile("seed", ".h5");
      try (WritableHdfFile file = HdfFile.write(path)) {
        file.putDataset("x", new float[][] {{1, 2}, {3, 4}, {5, 6}});
        file.putGroup("test").putDataset("y", new int[] {0, 1, 1});
      }
      byte[] bytes = Files.readAllBytes(path);
      Files.delete(path);
      return broken(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<byte[]> onnx() {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch");
    shape.addDimBuilder().setDimValue(2);
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape);
    ValueInfoProto.Builder input =
        ValueInfoProto.newBuilder()
            .setName("x")
            .setType(TypeProto.newBuilder().setTensorType(tensor));
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("tiny")
            .addInput(input)
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("Gemm")
                    .addInput("x")
                    .addInput("w")
                    .addOutput("sum"))
            .addNode(NodeProto.newBuilder().setOpType("Relu").addInput("sum").addOutput("y"))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("w")
                    .setDataType(1)
                    .addDims(2)
                    .addDims(3)
                    .addAllFloatData(List.of(1f, 2f, 3f, 4f, 5f, 6f)))
            .addOutput(ValueInfoProto.newBuilder().setName("y"));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    return broken(model.build().toByteArray());
  }

  static Stream<String> pipelines() {
    return Stream.of(
        "scale,standardise(0.13,0.31),grey,sobel,blur(1)",
        "none",
        "resize(256),crop(224),scale",
        "standardise(1e400,NaN)",
        "blur(",
        ",",
        "");
  }

  static Stream<byte[]> idx() {
    byte[] plain = idxImages();
    return broken(plain, packed(plain));
  }

  private static byte[] idxImages() {
    return ByteBuffer.allocate(16 + 12).putInt(0x803).putInt(3).putInt(2).putInt(2).array();
  }

  static byte[] idxLabels() {
    return ByteBuffer.allocate(8 + 3).putInt(0x801).putInt(3).array();
  }

  static Stream<byte[]> cifar() {
    return Stream.of(new byte[3073], new byte[2 * 3073], new byte[3000], new byte[0]);
  }

  static Stream<byte[]> images() {
    return broken(image("png"), image("jpg"), image("gif"), image("bmp"));
  }

  static Stream<byte[]> vocabularies() {
    return broken("hello world\nhello\n", "a\thello\nb\tworld\n", "\ufeffhello\r\n\r\nworld");
  }

  static String vocabulary() {
    return "[PAD]\n[UNK]\n[CLS]\n[SEP]\nhello\nworld\n##s\n";
  }

  private static Stream<byte[]> broken(String... texts) {
    return broken(
        Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
  }

  /// The files themselves, cut at some places, and with some bytes set to extremes.
  private static Stream<byte[]> broken(byte[]... files) {
    List<byte[]> all = new ArrayList<>(List.of(files));
    for (byte[] file : files) {
      for (int i = 0; i < VARIANTS; i++) {
        int at = (int) ((long) file.length * i / VARIANTS);
        all.add(java.util.Arrays.copyOf(file, at));
        for (int value : new int[] {0x7f, 0xff}) {
          byte[] changed = file.clone();
          changed[at] = (byte) value;
          all.add(changed);
        }
      }
    }
    return all.stream();
  }

  private static byte[] array(String type, String shape, int bytes) {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    text = text + " ".repeat(117 - text.length()) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length());
    file.put(text.getBytes(StandardCharsets.US_ASCII));
    return file.array();
  }

  private static byte[] zip(int method, Object... namesAndBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        byte[] content = (byte[]) namesAndBytes[i + 1];
        ZipEntry entry = new ZipEntry((String) namesAndBytes[i]);
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(content);
        entry.setMethod(method);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] image(String format) {
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 12).forEach(i -> image.setRGB(i % 4, i / 4, i * 0x101010));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
