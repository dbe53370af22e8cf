package io.inscape.activation.outside;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.inscape.activation.ArrayPlace;
import io.inscape.activation.NpyType;
import io.inscape.dataset.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a `.safetensors` file says of itself: eight bytes with the length of a JSON object,
/// the object (type, shape and place of each tensor), then the tensors.
final class Safetensors {
  /// The format's own limit.
  private static final long LONGEST = 100_000_000;

  private static final int MOST_AXES = 32;
  private static final Map<String, NpyType> TYPES =
      Map.ofEntries(
          Map.entry("BOOL", NpyType.BOOL),
          Map.entry("U8", NpyType.UINT8),
          Map.entry("I8", NpyType.INT8),
          Map.entry("U16", NpyType.UINT16),
          Map.entry("I16", NpyType.INT16),
          Map.entry("U32", NpyType.UINT32),
          Map.entry("I32", NpyType.INT32),
          Map.entry("U64", NpyType.UINT64),
          Map.entry("I64", NpyType.INT64),
          Map.entry("F16", NpyType.FLOAT16),
          Map.entry("F32", NpyType.FLOAT32),
          Map.entry("F64", NpyType.FLOAT64));

  private final Path file;
  private final long dataStart;
  private final long size;
  private final List<Tensor> tensors = new ArrayList<>();

  private Safetensors(Path file, long dataStart, long size) {
    this.file = file;
    this.dataStart = dataStart;
    this.size = size;
  }

  private record Tensor(String name, NpyType type, List<Long> shape, long from, long to) {}

  static List<OutsideArray> arrays(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < 8) {
        throw malformed(file, "byte " + size, "the end of the file", "8 bytes or more");
      }
      long length = fill(channel, 8, 0).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
      if (length < 2 || length > Math.min(LONGEST, size - 8)) {
        throw malformed(
            file,
            "byte 0",
            "a header of " + Long.toUnsignedString(length) + " bytes",
            "2 to " + Math.min(LONGEST, size - 8) + ", what the file has room for");
      }
      String header = StandardCharsets.UTF_8.decode(fill(channel, (int) length, 8)).toString();
      Safetensors found = new Safetensors(file, 8 + length, size);
      found.read(header);
      return found.places();
    }
  }

  private static ByteBuffer fill(FileChannel channel, int count, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private void read(String header) throws IOException {
    try (JsonReader json = new JsonReader(new StringReader(header))) {
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (name.equals("__metadata__")) {
          json.skipValue();
        } else {
          tensors.add(tensor(json, OutsideFile.requireName(file, name)));
        }
      }
      json.endObject();
    } catch (MalformedJsonException | EOFException | IllegalStateException e) {
      throw noHeader(e);
    } catch (NumberFormatException e) {
      throw noHeader(e);
    }
  }

  private InputException noHeader(Exception e) {
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return malformed(
        file,
        "the header",
        "text that is not understood (" + reason + ")",
        "a JSON object with dtype, shape and data_offsets of each tensor");
  }

  private Tensor tensor(JsonReader json, String name) throws IOException {
    String type = "";
    @Nullable List<Long> shape = null;
    List<Long> offsets = List.of();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "dtype" -> type = json.nextString();
        case "shape" -> shape = numbers(json, name);
        case "data_offsets" -> offsets = numbers(json, name);
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (shape == null || offsets.size() != 2) {
      throw malformed(
          file,
          "tensor " + name,
          shape == null ? "no shape" : offsets.size() + " offsets",
          "dtype, shape, and two data_offsets");
    }
    Tensor tensor =
        new Tensor(name, type(name, type), shape, offsets.getFirst(), offsets.getLast());
    requirePlace(tensor);
    return tensor;
  }

  private List<Long> numbers(JsonReader json, String name) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      String text = json.peek() == JsonToken.NUMBER ? json.nextString() : "no number";
      if (!text.matches("\\d{1,18}") || numbers.size() == MOST_AXES) {
        throw malformed(
            file, "tensor " + name, "'" + text + "'", "whole numbers, at most " + MOST_AXES);
      }
      numbers.add(Long.parseLong(text));
    }
    json.endArray();
    return List.copyOf(numbers);
  }

  private NpyType type(String name, String code) {
    NpyType type = TYPES.get(code);
    if (type == null) {
      String shown = code.length() > 20 ? code.substring(0, 20) + "..." : code;
      throw InputException.unsupported(
          file.toString(),
          "tensor " + name,
          "elements of type '" + shown + "'",
          "F16, F32, F64, BOOL, or whole numbers of 8 to 64 bits",
          "convert it first, as in tensor.float()");
    }
    return type;
  }

  private void requirePlace(Tensor tensor) {
    long bytes;
    try {
      bytes = tensor.type().bytes();
      for (long axis : tensor.shape()) {
        bytes = Math.multiplyExact(bytes, axis);
      }
    } catch (ArithmeticException _) {
      bytes = -1;
    }
    long room = size - dataStart;
    if (tensor.from() > tensor.to() || tensor.to() > room) {
      throw malformed(
          file,
          "tensor " + tensor.name(),
          "the bytes " + tensor.from() + " to " + tensor.to(),
          "a range within the " + room + " bytes after the header");
    }
    if (bytes != tensor.to() - tensor.from()) {
      throw malformed(
          file,
          "tensor " + tensor.name(),
          tensor.to() - tensor.from() + " bytes",
          (bytes < 0 ? "a size that fits a file" : bytes + " bytes")
              + " for the shape "
              + tensor.shape()
              + " of "
              + tensor.type());
    }
  }

  private List<OutsideArray> places() {
    List<Tensor> byPlace =
        tensors.stream()
            .sorted(Comparator.comparingLong(Tensor::from).thenComparingLong(Tensor::to))
            .toList();
    for (int i = 1; i < byPlace.size(); i++) {
      Tensor before = byPlace.get(i - 1);
      if (byPlace.get(i).from() < before.to()) {
        throw malformed(
            file,
            "tensor " + byPlace.get(i).name(),
            "the byte " + byPlace.get(i).from(),
            before.to() + " or more, behind tensor " + before.name());
      }
    }
    return tensors.stream()
        .sorted(Comparator.comparing(Tensor::name))
        .<OutsideArray>map(tensor ->
            new OutsideArray.Plain(
                new ArrayPlace(
                    file,
                    tensor.name(),
                    dataStart + tensor.from(),
                    tensor.type(),
                    false,
                    false,
                    tensor.shape())))
        .toList();
  }

  private static InputException malformed(
      Path file, String position, String found, String expected) {
    return InputException.malformed(
        file.toString(),
        position,
        found,
        expected,
        "the file is cut or damaged, save the tensors again");
  }
}
